import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ToolError } from '../../base/input';
import { subnetOf } from '../host/network';
import type { Each } from './synth-values';

export type Properties = Readonly<Record<string, unknown>>;
/** Resources of a synthesized stack, by type and name. */
export type Resources = Readonly<Record<string, Readonly<Record<string, Properties>>>>;

/** The resources in the `cdk.tf.json` of a stack's folder. */
export function readResources(dir: string): Resources {
  const document = JSON.parse(readFileSync(join(dir, 'cdk.tf.json'), 'utf8')) as { readonly resource?: Resources };
  return document.resource ?? {};
}

/** `each` for every instance of a resource; undefined for the single instance of one without `for_each`. */
export function eachOf(resource: Properties): (Each | undefined)[] {
  const map = resource['for_each'];
  if (map === undefined) return [undefined];
  if (map === null || typeof map !== 'object') throw notSaid('a for_each that is not a map');
  return Object.entries(map).map(([key, value]) => ({ key, value: value as unknown }));
}

/** Whether a resource has an instance for this key: both have, or both lack, for_each. */
export function has(resource: Properties, each: Each | undefined): boolean {
  return eachOf(resource).some((other) => other?.key === each?.key);
}

/** The next free address of a subnet; the cloud reserves the first ones. */
export function free(cidr: string, taken: Set<string>): string {
  const { gateway } = subnetOf(cidr);
  const [a, b, c, d] = gateway.split('.').map(Number) as [number, number, number, number];
  for (let i = 9; i < 4000; i++) {
    const address = `${a}.${b}.${c + Math.floor((d + i) / 256)}.${(d + i) % 256}`;
    if (taken.has(address) || address.endsWith('.255') || address.endsWith('.0')) continue;
    taken.add(address);
    return address;
  }
  throw notSaid(`an address in ${cidr}, which is full`);
}

/** The error when a stack alone is not enough. */
export function notSaid(what: string): ToolError {
  return new ToolError(
    `the synthesized stack is not enough for a rehearsal: ${what}`,
    'deploy it to the practice cloud and rehearse --from deployed',
  );
}
