import { isIPv4 } from 'node:net';
import type { DatabaseSource } from '../source/source';
import { metadataAddress } from './hub';
import type { Run } from './ledger';
import { program } from './program';

/** A subnet by its first address and length. */
export interface Subnet {
  readonly gateway: string;
  readonly bits: number;
}

/** `10.0.1.0/24` → gateway 10.0.1.1, as on AWS; plain Error for anything else. */
export function subnetOf(cidr: string): Subnet {
  const match = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(cidr);
  if (!match || Number(match[2]) > 30) throw new Error(`not a subnet: ${cidr}`);
  const bits = Number(match[2]);
  const mask = bits === 0 ? 0 : (~0 << (32 - bits)) >>> 0;
  return { gateway: text(((number(match[1]!) & mask) >>> 0) + 1), bits };
}

const number = (address: string) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
const text = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');

/** Addresses of databases on the hub: RFC 2544's range, which no cluster uses. */
export const databaseAddress = (index: number) => `198.18.${index >> 8}.${(index & 255) + 1}`;

/** Address of a database's stand-in: the database's own, or one that its name resolves to. */
export const answersAt = ({ host }: DatabaseSource, index: number) => (isIPv4(host) ? host : databaseAddress(index));

export const hubOf = (run: Run) => `${run.prefix}-hub`;
export const spaceOf = (run: Run, node: string) => `${run.prefix}-${node}`;
export const netFile = (space: string) => `/run/netns/${space}`;

/** Makes the hub: one bridge with the gateways of all subnets, the metadata address and the databases' addresses. */
export async function makeHub(run: Run, subnets: readonly Subnet[], databases: readonly string[]): Promise<string> {
  const space = hubOf(run);
  const addresses = [
    ...subnets.map(({ gateway, bits }) => `${gateway}/${bits}`),
    `${metadataAddress}/32`,
    ...[...new Set(databases)].map((address) => `${address}/32`),
  ];
  await program('ip', ['netns', 'add', space]);
  const lines = [
    'link set lo up',
    'link add br0 type bridge',
    'link set br0 up',
    ...addresses.map((address) => `address add ${address} dev br0`),
  ];
  await batch(space, lines);
  await inside(space, 'echo 1 > /proc/sys/net/ipv4/ip_forward');
  return space;
}

/** Makes a node's network: a pair of interfaces between its namespace and the hub's bridge. */
export async function makeNode(
  run: Run,
  index: number,
  node: { name: string; address: string; subnet: Subnet },
): Promise<string> {
  const space = spaceOf(run, node.name);
  const port = `sk${run.prefix.slice(3)}-${index}`;
  await program('ip', ['netns', 'add', space]);
  await batch(hubOf(run), [
    `link add ${port} type veth peer name eth0 netns ${space}`,
    `link set ${port} master br0`,
    `link set ${port} up`,
  ]);
  await batch(space, [
    'link set lo up',
    `address add ${node.address}/${node.subnet.bits} dev eth0`,
    'link set eth0 up',
    `route add default via ${node.subnet.gateway}`,
  ]);
  // The product's processes run as `stackato` and listen on 22, 80 and 443.
  await inside(space, 'echo 0 > /proc/sys/net/ipv4/ip_unprivileged_port_start');
  // A node's outgoing connections must not use ports that the product listens on (35000 to 61000; 3.3, 3.4, H).
  await inside(space, 'echo 35000-61000 > /proc/sys/net/ipv4/ip_local_reserved_ports');
  return space;
}

const batch = (space: string, lines: readonly string[]) =>
  program('ip', ['-n', space, '-batch', '-'], { input: `${lines.join('\n')}\n`, doing: `network of ${space}` });

const inside = (space: string, line: string) => program('nsenter', [`--net=${netFile(space)}`, 'sh', '-c', line]);
