import type { NodeEntry } from '../entries';
import type { Call, Command } from '../grammar';
import { microRoles } from '../micro';
import { coreRoles, inOrder } from '../roles';
import { expandRoles, inTurn, KatoError, type Session, settle } from '../session';
import { atLeast } from '../version';
import { pause } from '../wire';
import type { Value } from '../yaml';
import { isHostName, writeHosts } from './hosts-file';

async function setupCore(session: Session, { args: [endpoint] }: Call): Promise<number> {
  const own = await session.report();
  if (own.mode === 'attached') throw new KatoError(`this node is attached to ${own.mbusip}; detach it first`);
  // The store must answer before it can be told anything (14: first boot is long, H).
  const before = await session.store<Value>({ op: 'get', component: 'cluster', path: 'endpoint' });
  if (endpoint !== undefined && !(endpoint.startsWith('api.') && isHostName(endpoint)))
    throw new KatoError(`the endpoint is api.<hostname>, not ${endpoint}`);
  const name = endpoint ?? String(before);
  const base = coreRoles(session.product.version);
  // A second run keeps what was added (18-18: kato is lenient when commands repeat, L).
  const roles = own.mode === 'core' ? own.roles : base;
  const set = (path: string, value: Value) =>
    session.store({ op: 'set', component: 'cluster', path, value, force: true });
  await set('endpoint', name);
  await set('mbusip', own.address);
  await session.store({ op: 'node-put', address: own.address, entry: { roles, memory: own.memory } });
  await session.supervisor({ op: 'update', patch: { mode: 'core', mbusip: own.address, roles, stopped: [] } });
  writeHosts(session.place, own.address, name);
  await settle(session);
  session.out(`core node ${own.address} set up with roles ${roles.join(' ')}; endpoint ${name}`);
  return 0;
}

async function firstUser(session: Session, { args: [email, organization], flags }: Call): Promise<number> {
  const report = await session.report();
  if (report.mode === 'attached') throw new KatoError('the first user is set up on the core');
  const role = session.roles.some((r) => r.name === 'controller') ? 'controller' : 'cloud_controller';
  if (report.roleStates[role] !== 'READY') throw new KatoError('the controller is not running yet');
  // Failed with several controllers before 3.4.1 (5.3, RN 104141, H).
  const nodes = report.mode === 'core' ? await session.store<Record<string, NodeEntry>>({ op: 'nodes' }) : {};
  const controllers = Object.values(nodes).filter((entry) => entry.roles.includes(role)).length;
  if (controllers > 1 && !atLeast(session.product.version, '3.4.1'))
    throw new KatoError('the first user could not be created: more than one controller');
  if (!/^[^@\s]+@[^@\s]+$/.test(email!)) throw new KatoError(`not an e-mail address: ${email}`);
  if (session.product.organisation && organization === undefined) throw new KatoError('missing argument: <org>', 2);
  if (flags['password'] === undefined) {
    session.out('Password: ');
    await pause(session.place.settings.hang);
    throw new KatoError('no password was given');
  }
  if (flags['password'] === '') throw new KatoError('the password is empty');
  await session.store({ op: 'admin', admin: { email, organization } });
  const license = await session.store<Value>({ op: 'get', component: 'cluster', path: 'license' }).catch(() => null);
  // Writes the micro cloud's licence when there is none (12, H).
  if (license === null) {
    await session.store({
      op: 'set',
      component: 'cluster',
      path: 'license',
      value: { type: 'microcloud' },
      force: true,
    });
  }
  session.out(`first user ${email} set up`);
  return 0;
}

/** Back to a micro cloud (2.3, H); `-s` failed silently before 3.4.1 (what it left L: nothing is done). */
async function setupMicro(session: Session, { args, flags }: Call): Promise<number> {
  if (flags['no-start'] !== undefined && !atLeast(session.product.version, '3.4.1')) return 0;
  const wanted =
    args.length > 0 ? ['base', ...coreRoles(session.product.version), ...expandRoles(session, args)] : undefined;
  const shipped = microRoles(session.product.version).filter((role) => role !== 'mdns');
  const roles = inOrder(wanted ?? shipped);
  if (flags['wipe'] !== undefined) await session.supervisor({ op: 'wipe', config: true });
  const stopped = flags['no-start'] === undefined ? [] : roles;
  await session.supervisor({ op: 'update', patch: { mode: 'micro', mbusip: '127.0.0.1', roles, stopped } });
  await settle(session);
  if (stopped.length === 0) await setLocal(session, 'mbusip', '127.0.0.1');
  session.out(`micro cloud set up with roles ${roles.join(' ')}`);
  return 0;
}

const setLocal = (session: Session, path: string, value: Value) =>
  session.store({ op: 'set', component: 'cluster', path, value, force: true });

/** nginx over the routers: given, or all that the cluster knows (2.3, 5.4; H). Before 3.0 it asked for them. */
async function setupBalancer(session: Session, { args, flags }: Call): Promise<number> {
  const { version } = session.product;
  const report = await session.report();
  if (report.mode !== 'attached') throw new KatoError('a load balancer is attached first: kato node attach <core-ip>');
  const wrong = args.find((address) => !/^\d+(\.\d+){3}$/.test(address));
  if (wrong !== undefined) throw new KatoError(`not an address: ${wrong}`);
  if (args.length === 0 && !atLeast(version, '3.0')) {
    session.out('Router IPs: ');
    await pause(session.place.settings.hang);
    throw new KatoError('no routers were given');
  }
  // In 2.10 the node was attached as a router first (5.4, H); from 3.0 on, what else it holds goes only by force (L).
  const others = report.roles.filter((role) => !['base', 'load_balancer'].includes(role));
  if (others.length > 0 && atLeast(version, '3.0') && flags['force'] === undefined)
    throw new KatoError(`load_balancer cannot hold any other role: ${others.join(' ')}; --force removes them`);
  const nodes = await session.store<Record<string, NodeEntry>>({ op: 'nodes' });
  const known = Object.keys(nodes).filter((a) => a !== report.address && nodes[a]!.roles.includes('router'));
  const routers = args.length > 0 ? [...args] : known.sort();
  if (routers.length === 0) throw new KatoError('the cluster has no router');
  const roles = ['base', 'load_balancer'];
  await session.store({ op: 'set', component: 'nginx_load_balancer', path: 'routers', value: routers, force: true });
  await session.store({ op: 'node-put', address: report.address, entry: { roles } });
  await session.supervisor({ op: 'update', patch: { roles, stopped: [] } });
  await settle(session);
  session.out(`load balancer ${report.address} set up for routers ${routers.join(' ')}`);
  return 0;
}

const password = { short: '-p', value: 'password' } as const;
const first = { min: 1, changes: true, facts: '2.3, 12 H', run: firstUser } as const;
const setup = { args: '[<endpoint>]', max: 1, changes: true, run: inTurn(setupCore) } as const;

export const setupCommands: readonly Command[] = [
  { ...setup, words: 'node setup core', since: '2.8', facts: '2.3 H; effect 0.1-2 H; repeated 18-18 L' },
  { ...setup, words: 'setup core', until: '2.8', facts: '2.2 H' },
  {
    words: 'node setup micro',
    args: '[<role>...]',
    max: 99,
    flags: { wipe: { short: '-d' }, 'no-start': { short: '-s' } },
    since: '2.8',
    changes: true,
    facts: '2.3 H; roles 1.3 M; -s before 3.4.1 L',
    run: inTurn(setupMicro),
  },
  {
    words: 'node setup load_balancer',
    args: '[<ip>...]',
    max: 99,
    flags: { force: { long: '--force', since: '3.0' } },
    since: '2.8',
    changes: true,
    facts: '2.3, 5.4 H; what --force does L',
    run: setupBalancer,
  },
  { ...first, words: 'node setup firstuser', args: '<email>', flags: { password }, since: '2.10', until: '3.0' },
  {
    ...first,
    words: 'node setup firstuser',
    args: '<email> <org>',
    max: 2,
    flags: { password, user: { short: '-u', value: 'user' }, space: { short: '-s', value: 'space' } },
    since: '3.0',
  },
];
