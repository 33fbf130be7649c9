import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { type OpenstackApi, type OpenstackObject, object, objects, text } from '../../lib/cloud-api/openstack/api';
import type { Topology, TrafficRule } from '../../lib/topology/model';

/** A node's place in the network, as Neutron has it. */
export interface Port {
  readonly name: string;
  readonly id: string;
  readonly address: string;
  readonly mac: string;
}

export interface Net {
  readonly id: string;
  readonly subnetId: string;
}

type Service = Parameters<OpenstackApi['call']>[0];

/** Creates one thing by API; `key` wraps request and answer. */
export async function make(
  api: OpenstackApi,
  service: Service,
  path: string,
  key: string,
  body: OpenstackObject,
): Promise<OpenstackObject & { readonly id: string }> {
  const made = object((await api.call(service, 'POST', path, { [key]: body }))[key]);
  return { ...made, id: text(made['id']) };
}

/** Waits until a thing has a state. */
export async function settle(api: OpenstackApi, service: Service, path: string, key: string, wanted: string) {
  let status = '';
  for (const end = Date.now() + 90_000; Date.now() < end; await sleep(300)) {
    status = text(object((await api.call(service, 'GET', path))[key])['status']);
    if (status === wanted) return;
    if (status.toUpperCase() === 'ERROR' && wanted !== 'ERROR') break;
  }
  throw new Error(`${path} is ${status}, not ${wanted}`);
}

export async function makeNet(api: OpenstackApi, name: string, cidr: string): Promise<Net> {
  const { id } = await make(api, 'network', '/networks', 'network', { name });
  const subnet = { name, network_id: id, ip_version: 4, cidr };
  return { id, subnetId: (await make(api, 'network', '/subnets', 'subnet', subnet)).id };
}

/** A security group per pool and one of the cluster, with a rule for every rule of the topology. Ids by name. */
export async function makeGroups(api: OpenstackApi, topology: Topology): Promise<ReadonlyMap<string, string>> {
  const groups = new Map<string, string>();
  for (const name of ['cluster', 'core', ...Object.keys(topology.pools)]) {
    const body = { name: `${topology.cluster}-${name}` };
    groups.set(name, (await make(api, 'network', '/security-groups', 'security_group', body)).id);
  }
  // a request may name one group only
  for (const [name] of groups) {
    const rules = topology.rules.filter(({ to }) => to === name).map((rule) => groupRule(rule, groups));
    if (rules.length > 0) await api.call('network', 'POST', '/security-group-rules', { security_group_rules: rules });
  }
  return groups;
}

function groupRule({ from, to, protocol, ports }: TrafficRule, groups: ReadonlyMap<string, string>): OpenstackObject {
  return {
    security_group_id: groups.get(to),
    direction: 'ingress',
    ethertype: 'IPv4',
    ...(protocol === 'all' ? {} : { protocol, port_range_min: ports[0], port_range_max: ports[1] }),
    ...(from === 'world' ? { remote_ip_prefix: '0.0.0.0/0' } : { remote_group_id: groups.get(from) }),
  };
}

export async function makePort(api: OpenstackApi, name: string, net: Net, groups: readonly string[]): Promise<Port> {
  const body = { name, network_id: net.id, security_groups: groups };
  const port = await make(api, 'network', '/ports', 'port', body);
  const address = text(objects(port['fixed_ips'])[0]?.['ip_address']);
  return { name, id: port.id, address, mac: text(port['mac_address']) };
}

/** Whether OVN would hand a first packet of a connection to its destination. */
export function passes(stateDir: string, net: Net, from: Port, to: Port, port: number): boolean {
  const sockets = { nb: `unix:${stateDir}/run/ovnnb_db.sock`, sb: `unix:${stateDir}/run/ovnsb_db.sock` };
  execFileSync('ovn-nbctl', ['--timeout=20', `--db=${sockets.nb}`, '--wait=sb', 'sync']);
  const packet = [
    `inport=="${from.id}"`,
    `eth.src==${from.mac} && eth.dst==${to.mac}`,
    `ip4.src==${from.address} && ip4.dst==${to.address}`,
    `ip.ttl==64 && tcp && tcp.dst==${port}`,
  ].join(' && ');
  const words = ['--minimal', '--ct=new', '--ct=new', `--db=${sockets.sb}`, `neutron-${net.id}`, packet];
  const said = execFileSync('ovn-trace', words, { encoding: 'utf8', timeout: 30_000 });
  if (!said.includes('ct_next')) throw new Error(`this packet was never tracked:\n${said}`);
  // OVN says a port's name where Neutron gave it one
  return said.includes(`output("${to.name}")`) || said.includes(`output("${to.id}")`);
}
