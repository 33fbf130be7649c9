import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, isIPv4, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ToolError } from '../../base/input';
import { mountsOf } from '../faults/stages';
import { raiseFirewall } from '../host/firewall';
import { type Gate, guard, makeGate, readCaller } from '../host/gate';
import type { HubPlan } from '../host/hub';
import type { Pace } from '../host/image';
import { postKeeper } from '../host/keeper';
import { begin, clean, type Run, runOf } from '../host/ledger';
import { nodeLoopback } from '../host/loopback';
import { type Machine, makeMachine, prepare } from '../host/machine';
import { assertHosts } from '../host/needs';
import { answersAt, databaseAddress, makeHub, makeNode, netFile, subnetOf } from '../host/network';
import { letGo } from '../host/program';
import type { ClusterSource } from '../source/source';

export interface HostsOptions {
  /** Name of the run; a second run of the same name removes the first. */
  readonly name: string;
  /** Product version on the image. */
  readonly version: string;
  /** URL of the practice cloud on this machine's loopback: `http://localhost:5100`. */
  readonly endpoint?: string;
  /** Ports of this machine's loopback to open on every node's loopback. @default none */
  readonly loopback?: readonly number[];
  /** How fast model nodes are, in seconds. @default boot 3, start 0.3 */
  readonly pace?: Pace;
  /** Whether the cluster's firewall rules apply. @default true */
  readonly firewall?: boolean;
  /** How long a host tries to get metadata before it boots without, seconds. @default 120, as cloud-init (0.6.3, M) */
  readonly patience?: number;
  /** Whether nodes have data disks; if not, folders, and the stage that mounts them counts as done. @default true */
  readonly disks?: boolean;
  /** Whether this program is root of a user namespace only. @default false */
  readonly confined?: boolean;
  console(node: string, line: string): void;
  died(node: string, detail: string): void;
}

export interface Hosts {
  readonly run: Run;
  readonly machines: ReadonlyMap<string, Machine>;
  /** The gate in front of the nodes' cloud. */
  readonly gate: Gate;
  /** Stops and removes everything. */
  close(): Promise<void>;
  /** Keeps everything running when this program ends; the next run of the name removes it. */
  letGo(): void;
}

/**
 * Makes a host for every node of a cluster, with network, disks, files and metadata; power is still off.
 * @throws ToolError when the user lacks the rights, a program is missing, or a run of the name is in progress
 */
export async function makeHosts(cluster: ClusterSource, options: HostsOptions): Promise<Hosts> {
  assertHosts(options.disks !== false);
  const run = runOf(options.name);
  await begin(run);
  const keeper = postKeeper(options.name);
  const ends: Part[] = [];
  const gate = makeGate();
  const machines = new Map<string, Machine>();
  const close = async () => {
    await Promise.all([...machines.values()].map((machine) => machine.stop()));
    for (const part of ends.reverse()) await part.end();
    await clean(run);
    keeper.dismiss();
  };
  try {
    await prepare(run, options.confined === true);
    const cidr = (node: { address: string; subnet?: string }) => node.subnet ?? `${node.address}/24`;
    const gateways = [...new Set(cluster.nodes.map(cidr))].map(subnetOf);
    const subnets = [...new Map(gateways.map((subnet) => [subnet.gateway, subnet])).values()];
    const space = await makeHub(run, subnets, cluster.databases.map(answersAt));
    const cloud = options.endpoint === undefined ? undefined : join(run.dir, 'cloud.sock');
    if (cloud !== undefined) ends.push(await relay(cloud, new URL(options.endpoint!), gate));
    ends.push(await startHub(run, space, hubPlan(cluster, cloud)));
    const named = cluster.databases.map(({ host }, i) => [databaseAddress(i), host] as const);
    const hosts = named.filter(([, host]) => !isIPv4(host)).map((words) => words.join(' '));
    for (const [i, node] of cluster.nodes.entries()) {
      const own = await makeNode(run, i, { ...node, subnet: subnetOf(cidr(node)) });
      if (options.loopback?.length) ends.push(...(await sameLoopback(own, node.address, options.loopback, gate)));
      const pace = options.pace ?? { boot: 3, start: 0.3 };
      const { name } = node;
      const without = options.disks === false;
      const machine = await makeMachine(run, {
        name,
        disks: without ? [] : node.disks,
        folders: without && node.disks.length > 0 ? mountsOf(node.userData) : undefined,
        version: options.version,
        space: own,
        pace,
        patience: options.patience ?? 120,
        hosts,
        console: (line) => options.console(name, line),
        died: (detail) => options.died(name, detail),
      });
      machines.set(name, machine);
    }
    if (cluster.firewall && options.firewall !== false) await raiseFirewall(run, cluster, cluster.firewall);
  } catch (error) {
    await close();
    throw error;
  }
  const leave = () => {
    keeper.dismiss();
    for (const part of [...machines.values(), ...ends]) part.letGo();
  };
  return { run, machines, gate, close, letGo: leave };
}

function hubPlan(cluster: ClusterSource, cloud: string | undefined): HubPlan {
  return {
    nodes: cluster.nodes.map(({ name, address, instanceId, zone, userData, role, tokensRequired }) => ({
      name,
      address,
      instanceId,
      zone,
      userData: userData.toString('base64'),
      role,
      tokensRequired,
    })),
    cloud,
    databases: cluster.databases.map((database, i) => ({ address: answersAt(database, i), port: database.port })),
  };
}

/** Something that runs beside the machines. */
export interface Part {
  end(): Promise<void>;
  /** Lets this program end while it keeps running. */
  letGo(): void;
}

/** Starts the hub's program in its namespace; resolves when it listens. */
function startHub(run: Run, space: string, plan: HubPlan): Promise<Part> {
  const file = join(run.dir, 'hub.json');
  writeFileSync(file, JSON.stringify(plan), { mode: 0o600 });
  const words = [`--net=${netFile(space)}`, process.execPath, join(__dirname, '../host/hub.js'), file];
  const child = spawn('nsenter', words, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    const failed = () => reject(new ToolError('the hub of the rehearsal did not start', undefined, said.join('\n')));
    const timer = setTimeout(() => void stop().then(failed), 20_000);
    child.stderr.on('data', (part: Buffer) => said.push(part.toString()));
    child.once('exit', failed);
    createInterface({ input: child.stdout }).once('line', () => {
      clearTimeout(timer);
      rmSync(file);
      resolve({ end: stop, letGo: () => letGo(child) });
    });
  });
}

/** A socket file that leads to the practice cloud: the hub has its own network. */
async function relay(file: string, endpoint: URL, gate: Gate): Promise<Part> {
  const server = createServer({ allowHalfOpen: true });
  const part = relayed(server, endpoint.hostname, Number(endpoint.port || 80), (socket, through) =>
    readCaller(socket, (from) => guard(gate, socket, from, through)),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(file, resolve);
  });
  return part;
}

/** Opens ports of this machine's loopback on a node's loopback. */
async function sameLoopback(space: string, from: string, ports: readonly number[], gate: Gate): Promise<Part[]> {
  const servers = await nodeLoopback(space, ports);
  return servers.map((server, i) =>
    relayed(server, '127.0.0.1', ports[i]!, (socket, through) => guard(gate, socket, from, through)),
  );
}

/** Forwards every connection of a server that `guarded` lets through. */
export function relayed(
  server: Server,
  host: string,
  port: number,
  guarded: (socket: Socket, through: () => void) => void = (_, through) => through(),
): Part {
  const open = new Set<Socket>();
  const through = (socket: Socket) => {
    const there = connect({ host, port, allowHalfOpen: true });
    open.add(there);
    for (const [one, other] of [
      [socket, there],
      [there, socket],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => open.delete(one));
    }
    socket.pipe(there).pipe(socket);
  };
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => open.delete(socket));
    guarded(socket, () => through(socket));
  });
  return {
    end: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
    letGo: () => void server.unref(),
  };
}
