import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { messageBus } from './bus';
import { makeConnections } from './connections';
import { customRoles } from './custom-roles';
import { collect, deliver, wipeServices } from './data-files';
import { firstBootFails } from './first-boot';
import { makeLink } from './link';
import { listeners } from './listeners';
import { microRoles } from './micro';
import { isFresh, loadState, type NodeReport, type NodeState, roleState, saveState } from './node-state';
import { controlSocket, modelHome, type Place, writeWhole } from './place';
import { passwordless } from './privilege';
import { problemOf, rangeOf } from './problems';
import { makeProcesses } from './processes';
import { agentPort, busPort, inOrder, type ModelProcess, processesOf, rolesOf, sshPort, supervisorPort } from './roles';
import { admits } from './sshd';
import { openStore } from './store';
import type { Tree } from './tree';
import { type Product, productOf } from './version';
import { answering, ask, greeting, pause, type Request, takingTurns } from './wire';

/** A node whose disk is full goes on without a new edges.json. */
const complain = (error: Error) => void process.stderr.write(`connections: ${error.message}\n`);

/** Marks a virtual machine as the template of autoscaled DEAs, up to 2.6 (9.1, S3, H). */
const template = '/home/stackato/.stackato-dea-template';

/**
 * The daemon of a node: starts and stops the processes of its roles, listens on their ports, connects where they connect,
 * serves the config store and the message bus, and answers the controller on 9001. `micro` says whether upstart still has
 * its `kato start`.
 */
export async function supervise(place: Place, given: Product, micro: boolean): Promise<void> {
  let product = given;
  const known = () => rolesOf(product.version, ownRoles());
  // A node starts also when a file of its custom services cannot be read; kato itself says so (L).
  const ownRoles = () => {
    try {
      return customRoles(place, product.version);
    } catch (error) {
      process.stderr.write(`supervisord: ${(error as Error).message}\n`);
      return [];
    }
  };
  const processesFor = (roles: readonly string[]) => processesOf(product.version, roles, known());
  const fresh = isFresh(place);
  const alone = () => (state.mode === 'micro' ? state.roles : undefined);
  const store = openStore(place, () => product, alone);
  let state: NodeState = { ...loadState(place, microRoles(product.version)), stopped: [] };
  // Without `kato start` nothing of a fresh node runs until supervisorctl or kato says so (4.3, M).
  let suppressed = !micro;
  let booted = false;
  const manual = new Set<string>();
  const net = listeners(place);

  const attached = () => state.mode === 'attached';
  const atCore = (port: number) => ({ host: state.mbusip, port: place.port(port), from: place.bind });
  const component = async (name: string): Promise<Tree> => {
    if (!attached()) return (store.get(name, '/') as Tree | undefined) ?? {};
    return ask<Tree>(atCore(product.storePort), { op: 'get', component: name, path: '/' }).catch(() => ({}));
  };
  const link = makeLink(
    place,
    () => product,
    () => (attached() ? state.mbusip : undefined),
    () => processes.giveUp(),
  );
  const connections = makeConnections(place, () => product, component);
  const processes = makeProcesses({
    place,
    startOf: (process) =>
      (process.name === 'config_redis' && fresh ? place.settings.redis : undefined) ?? place.settings.start,
    core: () => (!attached() || link.up() ? 'ready' : link.lost() ? 'hang' : 'wait'),
    problem: (process) =>
      problemOf(process, {
        product,
        roles: state.roles,
        component,
        ...(attached() ? { core: atCore } : {}),
      }),
    open: openPorts,
    close: net.close,
    changed: () => void connect().catch(complain),
  });

  async function openPorts(process: ModelProcess): Promise<string | undefined> {
    const range =
      process.range && product.instancePorts ? await rangeOf(process.name.replace('_node', ''), component) : undefined;
    for (const port of range ? [...process.ports, range[0]] : process.ports) {
      const server =
        port === busPort
          ? messageBus(place.address)
          : port === product.storePort
            ? answering(store.answer)
            : greeting('');
      // A micro cloud's bus and store are its own: MBUS IP 127.0.0.1 (1.1 notes, H).
      const why = await net.open(process.name, port, server, process.bus === true && state.mode === 'micro');
      if (why !== undefined) return why;
    }
    return undefined;
  }

  /** Tries the connections of what runs; a node that is alone has none. */
  const connect = async (): Promise<void> => {
    if (state.mode === 'micro') return;
    const running = processes.running();
    if (attached()) running.add('kato');
    const peers = attached() ? link.peers() : store.nodes();
    await connections.round({ address: place.address, core: state.mbusip, peers, running }, link.tries());
  };

  const wanted = (): ModelProcess[] => {
    const all = processesFor(state.roles.filter((role) => !state.stopped.includes(role)));
    // The node's own config store is there before it is a core, for kato itself (4.3-5, M).
    const own = processesFor(['primary', 'cloud_controller']).filter((process) => process.bus);
    const listed = suppressed ? own.filter((process) => manual.has(process.name)) : all;
    return attached() || suppressed ? listed : [...new Map([...own, ...listed].map((x) => [x.name, x])).values()];
  };
  const reconcile = (restart?: ReadonlySet<string>) => {
    if (restart) connections.forget(restart);
    processes.reconcile(wanted(), restart);
  };

  const update = (patch: Partial<NodeState>, restart: ReadonlySet<string> = new Set()) => {
    const moved = (patch.mode ?? state.mode) !== state.mode || (patch.mbusip ?? state.mbusip) !== state.mbusip;
    const newcomer = patch.mode === 'attached' && !attached();
    const next = { ...state, ...patch, roles: inOrder(patch.roles ?? state.roles) };
    saveState(place, next);
    state = next;
    suppressed = false;
    if (newcomer) store.reset();
    if (moved) link.renew();
    // The bus listens elsewhere in another mode: everything starts anew.
    reconcile(moved ? new Set(Object.keys(processes.report())) : restart);
    void link.beat().then(connect).catch(complain);
  };

  const report = (): NodeReport => {
    const states = processes.report();
    const of = (role: string) => roleState(processesFor([role]).map((x) => states[x.name]?.state ?? 'STOPPED'));
    for (const [name, process] of Object.entries(states)) {
      const why = process.state === 'RUNNING' ? connections.lacking(name) : undefined;
      if (why !== undefined) states[name] = { ...process, why };
    }
    const roleStates = Object.fromEntries(state.roles.map((role) => [role, of(role)]));
    const { version } = product;
    return {
      ...state,
      address: place.address,
      version: version.text,
      memory: place.settings.memory,
      processes: states,
      roleStates,
    };
  };

  const start = (roles: readonly string[]) => {
    const names = processesFor(roles).map((process) => process.name);
    processes.release(names);
    update({ stopped: state.stopped.filter((role) => !roles.includes(role)) }, processes.fatal(names));
  };
  const each: Readonly<Record<string, (names: string[], request: Request) => unknown>> = {
    report: () => ({ ...report(), booted, suppressed, passwordless: passwordless(place) }),
    update: (_, request) => update(request['patch'] as Partial<NodeState>),
    start: (names) => start(names.length > 0 ? names : state.roles),
    stop: (names) => update({ stopped: inOrder([...state.stopped, ...(names.length > 0 ? names : state.roles)]) }),
    restart: (names) => {
      const roles = names.length > 0 ? names : state.roles;
      const list = processesFor(roles).map((process) => process.name);
      processes.release(list);
      update({ stopped: state.stopped.filter((role) => !roles.includes(role)) }, new Set(list));
    },
    process: (names, request) => {
      for (const name of names) manual.add(name);
      processes.release(names);
      reconcile(request['again'] === true ? new Set(names) : processes.fatal(names));
    },
    'process-stop': (names) => {
      for (const name of names) manual.delete(name);
      processes.hold(names);
      reconcile();
    },
    wipe: (_, request) => {
      if (request['config'] === true) store.reset();
      if (request['services'] === true) wipeServices(place, product);
    },
    collect: () => collect(place, product),
    deliver: (_, request) => deliver(place, product, request['files'] as Record<string, string>),
    upgrade: (_, request) => {
      product = productOf(String(request['version']));
      writeWhole(place.path('/home/stackato/stackato/VERSION'), `${product.version.text}\n`);
      // Edited files of /s/etc are lost in an upgrade (1.3, 13.2; H).
      rmSync(place.path('/home/stackato/stackato/etc/kato/role_groups.yml'), { force: true });
      store.upgraded();
      reconcile(new Set(Object.keys(processes.report())));
    },
  };
  const answer = (request: Request): unknown => {
    const does = Object.hasOwn(each, request.op) ? each[request.op] : undefined;
    return does ? does((request['names'] as string[] | undefined) ?? [], request) : store.answer(request);
  };
  const remote = (request: Request): unknown => {
    if (request.op === 'ssh') return { admitted: admits(place, String(request['key'])) };
    if (!Object.hasOwn(each, request.op)) throw new Error('not allowed');
    return answer(request);
  };

  mkdirSync(place.path(modelHome), { recursive: true });
  const turn = takingTurns();
  await net.open('sshd', sshPort, answering(remote), false);
  await pause(place.settings.boot * 0.5);
  const file = place.path(controlSocket);
  rmSync(file, { force: true });
  const control = answering(answer, turn);
  await new Promise<void>((resolve) => control.listen(file, resolve));
  chmodSync(file, 0o600);
  await net.open('supervisord', supervisorPort, answering(remote, turn), false);
  if (product.restAgent) await net.open('stackato_rest_agent', agentPort, greeting(''), false);
  await pause(place.settings.boot * 0.5);
  if (fresh && (await firstBootFails(place, product))) {
    // Only the store comes up: the first start's tasks ended before it did (4.3-2, 14; H, M; what runs then L).
    suppressed = true;
    manual.add('config_redis');
  }
  booted = true;
  saveState(place, state);
  link.renew();
  reconcile();
  void beatForEver();

  /** A started copy of a template makes itself known to the core it was attached to (9.1, S3, H; how L). */
  async function enroll(): Promise<void> {
    if (!attached() || !link.up() || link.peers()[place.address]) return;
    if (!existsSync(place.path(template))) return;
    const entry = { roles: state.roles, memory: place.settings.memory };
    await ask(atCore(product.storePort), { op: 'node-put', address: place.address, entry }).catch(() => undefined);
  }

  async function beatForEver(): Promise<never> {
    for (;;) {
      await link.beat();
      await enroll();
      void connect().catch(complain);
      await pause(place.settings.heartbeat);
    }
  }
}
