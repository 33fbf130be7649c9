import type { OpenstackApi, OpenstackObject } from '../../lib/cloud-api/openstack/api';
import { object, objects, text } from '../../lib/cloud-api/openstack/api';

/** The practice cloud that a suite works on; asked for when the suite begins. */
export interface LabUnderTest {
  demo(): OpenstackApi;
  admin(): OpenstackApi;
  /** The process of a service. */
  pid(name: string): Promise<number>;
  /** Starts what died. */
  up(): Promise<void>;
}

/** Where clusters are applied: a practice cloud, and a folder that is the working one. */
export interface Applied {
  readonly lab: LabUnderTest;
  readonly folder: string;
  /** The shipped MVP for OpenStack, called `paas`. */
  shipped(): string;
  /** A test that the provider is needed for. */
  real(name: string, body: () => Promise<void> | void): void;
}

/** A cluster's servers, by node. */
export async function serversOf(lab: LabUnderTest, cluster: string): Promise<ReadonlyMap<string, OpenstackObject>> {
  const all = await lab.demo().list('compute', '/servers/detail', 'servers');
  const mine = all.filter((one) => object(one['metadata'])['stackato:cluster'] === cluster);
  return new Map(mine.map((one) => [text(object(one['metadata'])['stackato:node']), one]));
}

/** A cluster's data volumes, by name. */
export async function volumesOf(lab: LabUnderTest, cluster: string): Promise<ReadonlyMap<string, OpenstackObject>> {
  const all = await lab.demo().list('volume', '/volumes/detail', 'volumes');
  const mine = all.filter((one) => object(one['metadata'])['stackato:cluster'] === cluster);
  return new Map(mine.map((one) => [text(one['name']), one]));
}

/** A server's addresses, its own before floating ones. */
export function addressesOf(server: OpenstackObject | undefined): string[] {
  return Object.values(object(server?.['addresses']))
    .flatMap(objects)
    .sort((a, b) => text(a['OS-EXT-IPS:type']).localeCompare(text(b['OS-EXT-IPS:type'])))
    .map((one) => text(one['addr']));
}

/** The server that a volume is attached to. */
export function attachedTo(volume: OpenstackObject | undefined): string | undefined {
  return objects(volume?.['attachments']).map((one) => text(one['server_id']))[0];
}
