import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import type { Server } from 'node:net';
import { datastoreProblem } from './datastore';
import { listeners } from './listeners';
import { loadState, type NodeReport, type NodeState, type ProcessState, roleState, saveState } from './node-state';
import { modelHome, type Place } from './place';
import { agentPort, busPort, inOrder, processesOf, rolesOf, sshPort, supervisorPort } from './roles';
import { admits } from './sshd';
import { openStore } from './store';
import type { Tree } from './tree';
import type { Product } from './version';
import { answering, greeting, pause, type Request } from './wire';

/** The socket file over which kato speaks to the supervisor of its own node. */
export const controlSocket = `${modelHome}/control.sock`;

/**
 * The daemon of a node: starts and stops the processes of its roles, listens on their ports, serves the config store
 * and the message bus, and answers the controller on 9001. `micro` says whether upstart still has its `kato start`.
 */
export async function supervise(place: Place, product: Product, micro: boolean): Promise<void> {
  const microRoles = rolesOf(product.version)
    .filter((r) => r.micro)
    .map((r) => r.name);
  const store = openStore(place, product);
  let state: NodeState = { ...loadState(place, microRoles), stopped: [] };
  // Without `kato start` nothing of a fresh node runs until supervisorctl or kato says so (4.3, M).
  let suppressed = !micro;
  let booted = false;
  const manual = new Set<string>();
  const processes = new Map<string, { state: ProcessState; why?: string; run: number }>();
  const net = listeners(place);
  let runs = 0;

  const localBus = () => state.mode !== 'attached';
  const wanted = () => {
    const active = state.roles.filter((role) => !state.stopped.includes(role));
    const all = processesOf(product.version, active);
    // The node's own config store is there before it is a core, for kato itself (4.3-5, M).
    const own = processesOf(product.version, ['primary', 'cloud_controller']).filter((process) => process.bus);
    const listed = suppressed ? own.filter((process) => manual.has(process.name)) : all;
    return localBus() && !suppressed ? [...new Map([...own, ...listed].map((x) => [x.name, x])).values()] : listed;
  };

  const begin = async (name: string, ports: readonly number[], bus: boolean): Promise<void> => {
    const run = ++runs;
    processes.set(name, { state: 'STARTING', run });
    await pause(place.settings.start);
    const current = () => processes.get(name)?.run === run;
    if (!current()) return;
    const why = (await datastoreProblem(name, product, askCluster)) ?? (await openPorts(name, ports, bus));
    if (!current()) return;
    processes.set(name, why === undefined ? { state: 'RUNNING', run } : { state: 'FATAL', why, run });
  };

  const openPorts = async (name: string, ports: readonly number[], bus: boolean): Promise<string | undefined> => {
    for (const port of ports) {
      const server = port === busPort ? bus4222() : port === product.storePort ? answering(store.answer) : greeting('');
      // A micro cloud's bus and store are its own: MBUS IP 127.0.0.1 (1.1 notes, H).
      const why = await net.open(name, port, server, bus && state.mode === 'micro');
      if (why !== undefined) return why;
    }
    return undefined;
  };

  const bus4222 = (): Server =>
    greeting(
      `INFO ${JSON.stringify({ server_id: 'model', version: '0.5.4', host: place.address, port: busPort })}\r\n`,
    );

  const reconcile = (restart: ReadonlySet<string> = new Set()) => {
    const want = new Map(wanted().map((process) => [process.name, process]));
    for (const name of [...processes.keys()]) {
      if (want.has(name) && !restart.has(name)) continue;
      processes.delete(name);
      net.close(name);
    }
    for (const process of want.values()) {
      if (!processes.has(process.name)) void begin(process.name, process.ports, process.bus === true);
    }
  };

  const update = (patch: Partial<NodeState>) => {
    const moved = patch.mode !== undefined && patch.mode !== state.mode;
    state = { ...state, ...patch, roles: inOrder(patch.roles ?? state.roles) };
    suppressed = false;
    saveState(place, state);
    if (patch.mode === 'attached') store.reset();
    // The bus listens elsewhere in another mode: everything starts anew.
    reconcile(moved ? new Set(processes.keys()) : undefined);
  };

  const askCluster = async (component: string): Promise<Tree> => {
    if (localBus()) return (store.get(component, '/') as Tree | undefined) ?? {};
    return net.askCore<Tree>(state.mbusip, product.storePort, { op: 'get', component, path: '/' }).catch(() => ({}));
  };

  const report = (): NodeReport => {
    const states: NodeReport['processes'] = Object.fromEntries(
      [...processes].map(([name, { state: s, why }]) => [name, { state: s, ...(why === undefined ? {} : { why }) }]),
    );
    const of = (role: string) =>
      roleState(processesOf(product.version, [role]).map((x) => states[x.name]?.state ?? 'STOPPED'));
    const roleStates = Object.fromEntries(state.roles.map((role) => [role, of(role)]));
    return { ...state, address: place.address, version: product.version.text, processes: states, roleStates };
  };

  const answer = (request: Request): unknown => {
    const names = (request['names'] as string[] | undefined) ?? [];
    switch (request.op) {
      case 'report':
        return { ...report(), booted, suppressed };
      case 'update':
        return update(request['patch'] as Partial<NodeState>);
      case 'start':
        return update({ stopped: state.stopped.filter((role) => names.length > 0 && !names.includes(role)) });
      case 'stop':
        return update({ stopped: inOrder([...state.stopped, ...(names.length > 0 ? names : state.roles)]) });
      case 'restart': {
        const roles = names.length > 0 ? names : state.roles;
        update({ stopped: state.stopped.filter((role) => !roles.includes(role)) });
        return reconcile(new Set(processesOf(product.version, roles).map((process) => process.name)));
      }
      case 'process':
        for (const name of names) manual.add(name);
        return reconcile(request['again'] === true ? new Set(names) : undefined);
      default:
        return store.answer(request);
    }
  };
  const remote = (request: Request): unknown => {
    if (request.op === 'ssh') return { admitted: admits(place, String(request['key'])) };
    if (!['report', 'update', 'start', 'stop', 'restart'].includes(request.op)) throw new Error('not allowed');
    return answer(request);
  };

  mkdirSync(place.path(modelHome), { recursive: true });
  await net.open('sshd', sshPort, answering(remote), false);
  await pause(place.settings.boot * 0.5);
  const file = place.path(controlSocket);
  rmSync(file, { force: true });
  const control = answering(answer);
  await new Promise<void>((resolve) => control.listen(file, resolve));
  chmodSync(file, 0o600);
  await net.open('supervisord', supervisorPort, answering(remote), false);
  await net.open('stackato_rest_agent', agentPort, greeting(''), false);
  await pause(place.settings.boot * 0.5);
  booted = true;
  saveState(place, state);
  reconcile();
}
