import { openstackSynthFirewall } from '../firewall/synth';
import { NODE_KEY } from './openstack';
import type { ClusterSource, DatabaseSource, NodeDisk, NodeSource } from './source';
import { eachOf, free, has, notSaid, type Properties, type Resources } from './synth-resources';
import { type Each, fill, reference } from './synth-values';

/**
 * Reads the nodes of an OpenStack stack from its resources, without Terraform and without a cloud: addresses and device
 * names that the cloud would choose are chosen here.
 * @throws ToolError when user data is known only after an apply
 */
export function openstackSynth(resources: Resources): ClusterSource {
  const of = (type: string) => Object.entries(resources[type] ?? {});
  const named = (type: string, value: unknown, each?: Each): Properties | undefined => {
    const found = reference(fill(value, each));
    return found?.type === type ? resources[type]?.[found.name] : undefined;
  };
  const ports = of('openstack_networking_port_v2').map(([, port]) => port);
  const taken = new Set(ports.flatMap((port) => fixed(port)['ip_address'] ?? []).map(String));

  const portOf = (server: Properties, each: Each | undefined): Properties => {
    const port = named('openstack_networking_port_v2', first(server['network'])['port'], each);
    if (port === undefined) throw notSaid('a port that is not in the stack');
    return port;
  };
  const place = (server: Properties, each: Each | undefined): { subnet: string; address: string } => {
    const port = portOf(server, each);
    const { subnet_id, ip_address } = fixed(port);
    // ports wait for the router's interface, which passes the subnet's id on
    const passed = named('openstack_networking_router_interface_v2', subnet_id, each)?.['subnet_id'] ?? subnet_id;
    const subnet = named('openstack_networking_subnet_v2', passed, each)?.['cidr'];
    if (typeof subnet !== 'string') throw notSaid('a subnet that is not in the stack');
    return { subnet, address: ip_address === undefined ? free(subnet, taken) : String(ip_address) };
  };
  const disks = (server: string, each: Each | undefined): NodeDisk[] =>
    of('openstack_compute_volume_attach_v2')
      .filter(([, one]) => reference(String(one['instance_id']))?.name === server && has(one, each))
      .map(([, one]) => named('openstack_blockstorage_volume_v3', one['volume_id'], each))
      // the first one is the root disk
      .map((volume, i) => ({ gib: Number(fill(volume?.['size'], each)), device: `/dev/vd${'bcdefghij'[i]}` }));

  const behind: [string, Properties][] = [];
  const nodes = of('openstack_compute_instance_v2').flatMap(([resource, server]) =>
    eachOf(server).map((each): NodeSource => {
      const metadata = (server['metadata'] ?? {}) as Properties;
      const name = fill(metadata[NODE_KEY] ?? each?.key ?? resource, each);
      behind.push([name, portOf(server, each)]);
      return {
        name,
        ...place(server, each),
        zone: fill(server['availability_zone'], each),
        instanceId: `synth-${name}`,
        userData: userData(String(server['user_data'] ?? ''), name),
        disks: disks(resource, each),
      };
    }),
  );
  nodes.sort((a, b) => (a.name < b.name ? -1 : 1));
  const firewall = openstackSynthFirewall(resources, behind);
  return { nodes, databases: notedDatabases(resources), firewall };
}

/** Addresses of a stack's external databases, which it records in Terraform. */
export function notedDatabases(resources: Resources): DatabaseSource[] {
  return Object.values(resources['terraform_data'] ?? {}).flatMap(({ input }) => {
    const { host, port } = (input ?? {}) as Properties;
    return typeof host === 'string' && typeof port === 'number' ? [{ host, port }] : [];
  });
}

/** Terraform doubles a literal `$` or `%`; a single one is a value known only at apply. */
function userData(text: string, name: string): Buffer {
  if (/(?<!\$)\$\{|(?<!%)%\{/.test(text))
    throw notSaid(`user data of ${name} contains an address that the cloud chooses`);
  return Buffer.from(text.replace(/([$%])\1(?=\{)/g, '$1'));
}

const first = (value: unknown): Properties => ((value as readonly Properties[] | undefined) ?? [])[0] ?? {};
const fixed = (port: Properties): Properties => first(port['fixed_ip']);
