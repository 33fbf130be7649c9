import { BlockList } from 'node:net';
import type { Problem } from '../../base/input';
import { type OpenstackObject, object, objects, text } from './api';
import { isInterface } from './remove';
import type { OpenstackNeeds, Place, Reach, ReadApi } from './wanted';

/** Subnets that differ from the declaration, and addresses in them that are not available: Neutron would refuse half-way. */
export async function placeProblems(api: ReadApi, places: NonNullable<OpenstackNeeds['places']>): Promise<Problem[]> {
  if (Object.keys(places).length === 0) return [];
  const [subnets, ports] = await Promise.all([
    api.list('network', '/subnets', 'subnets'),
    api.list('network', '/ports', 'ports'),
  ]);
  const told = new Set<string>();
  return Object.entries(places).flatMap(([path, place]): Problem[] => {
    const message = problemOf(place, subnets, ports);
    if (!message || told.has(message)) return [];
    told.add(message);
    return [{ path, message, rule: 'openstack-subnet' }];
  });
}

/**
 * Subnets without a router to the network of their floating addresses: Neutron would refuse when the ports are made.
 * Foreign networks and routers, which may be hidden, are not checked.
 */
export async function reachProblems(api: ReadApi, reaches: Readonly<Record<string, Reach>>): Promise<Problem[]> {
  if (Object.keys(reaches).length === 0) return [];
  const [subnets, ports, networks, routers] = await Promise.all(
    ['subnets', 'ports', 'networks', 'routers'].map((kind) => api.list('network', `/${kind}`, kind)),
  );
  return Object.entries(reaches).flatMap(([path, { subnet: id, outside }]): Problem[] => {
    const said = (message: string): Problem[] => [{ path, message, rule: 'openstack-router' }];
    const subnet = subnets!.find((one) => text(one['id']) === id);
    const network = networks!.find((one) => text(one['id']) === text(subnet?.['network_id']));
    const external = networks!.find((one) => [text(one['id']), text(one['name'])].includes(outside));
    if (!network || !external) return [];
    const ways = ports!.filter(
      (port) => isInterface(port) && objects(port['fixed_ips']).some((one) => one['subnet_id'] === id),
    );
    const owner = text(network['project_id']) || text(network['tenant_id']);
    if (ways.length === 0)
      return owner === api.projectId
        ? said(`subnet ${id} has no router, so no floating address reaches it; add one, or remove externalNetwork`)
        : [];
    const there = ways.map((port) => routers!.find((one) => text(one['id']) === text(port['device_id'])));
    const leads = (router: OpenstackObject | undefined) =>
      !router || text(object(router['external_gateway_info'])['network_id']) === text(external['id']);
    return there.some(leads) ? [] : said(`no router of subnet ${id} leads to ${outside}; set its gateway there`);
  });
}

function problemOf(
  { subnet: id, network, address }: Place,
  subnets: readonly OpenstackObject[],
  ports: readonly OpenstackObject[],
): string | undefined {
  const subnet = subnets.find((one) => text(one['id']) === id);
  if (!subnet) {
    const there = subnets.filter((one) => text(one['network_id']) === network).map((one) => text(one['id']));
    return `subnet ${id} does not exist (network ${network} has ${there.sort().join(', ') || 'none visible to this project'})`;
  }
  const own = text(subnet['network_id']);
  if (own !== network) return `subnet ${id} belongs to network ${own}, not ${network}; write networkId: ${own}`;
  if (address === undefined) return undefined;
  const cidr = text(subnet['cidr']);
  if (!lies(address, cidr)) return `address ${address} is not in ${cidr} of subnet ${id}; write one that is`;
  if (address === text(subnet['gateway_ip'])) return `address ${address} is the gateway of subnet ${id}; write another`;
  const holder = ports.find((port) =>
    objects(port['fixed_ips']).some((one) => one['subnet_id'] === id && one['ip_address'] === address),
  );
  const name = text(holder?.['name']) || text(holder?.['device_owner']);
  return holder && `address ${address} is taken by port ${text(holder['id'])}${name && ` (${name})`}; write another`;
}

function lies(address: string, cidr: string): boolean {
  const [base = '', length] = cidr.split('/');
  const list = new BlockList();
  // clusters have only IPv4 addresses
  if (!base.includes('.')) return false;
  list.addSubnet(base, Number(length));
  return list.check(address);
}
