import { BlockList } from 'node:net';
import type { Problem } from '../../base/input';
import { type OpenstackObject, object, objects, text } from './api';
import { isInterface } from './remove';
import type { OpenstackNeeds, Place, Reach, ReadApi } from './wanted';

/** Where a subnet is not what the declaration says, or an address in it can not be had: Neutron says so half-way. */
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
 * Where no router leads from a subnet to the network of its floating addresses: Neutron says so when the ports are made.
 * Of networks and routers of others, which may not be shown, nothing is said.
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
        ? said(`subnet ${id} has no router, so no floating address reaches it; add one, or take externalNetwork out`)
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
    return `subnet ${id} does not exist (network ${network} has ${there.sort().join(', ') || 'none that this project sees'})`;
  }
  const own = text(subnet['network_id']);
  if (own !== network) return `subnet ${id} is of network ${own}, not of ${network}; write networkId: ${own}`;
  if (address === undefined) return undefined;
  const cidr = text(subnet['cidr']);
  if (!lies(address, cidr)) return `address ${address} does not lie in ${cidr} of subnet ${id}; write one that does`;
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
  // a cluster has IPv4 addresses only
  if (!base.includes('.')) return false;
  list.addSubnet(base, Number(length));
  return list.check(address);
}
