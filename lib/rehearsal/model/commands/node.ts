import { writeFileSync } from 'node:fs';
import type { Call, Command } from '../grammar';
import { coreRoles, rolesOf } from '../roles';
import { KatoError, type Report, type Session, settle } from '../session';
import type { NodeEntry } from '../store';
import { pause } from '../wire';
import type { Value } from '../yaml';
import { writeHosts } from './hosts-file';

async function setupCore(session: Session, { args: [endpoint] }: Call): Promise<number> {
  const own = await session.report();
  if (own.mode === 'attached') throw new KatoError(`this node is attached to ${own.mbusip}; detach it first`);
  // The store must answer before it can be told anything (14: first boot is long, H).
  const before = await session.store<Value>({ op: 'get', component: 'cluster', path: 'endpoint' });
  if (endpoint !== undefined && !endpoint.startsWith('api.'))
    throw new KatoError(`the endpoint is api.<hostname>, not ${endpoint}`);
  const name = endpoint ?? String(before);
  const base = coreRoles(session.product.version);
  // A second run keeps what was added (18-18: kato is lenient when commands repeat, L).
  const roles = own.mode === 'core' ? own.roles : base;
  const set = (path: string, value: Value) =>
    session.store({ op: 'set', component: 'cluster', path, value, force: true });
  await set('endpoint', name);
  await set('mbusip', own.address);
  await session.store({ op: 'node-put', address: own.address, entry: { roles } });
  await session.supervisor({ op: 'update', patch: { mode: 'core', mbusip: own.address, roles, stopped: [] } });
  writeHosts(session.place, own.address, name);
  await settle(session);
  session.out(`core node ${own.address} set up with roles ${roles.join(' ')}; endpoint ${name}`);
  return 0;
}

async function firstUser(session: Session, { args: [email, organization], flags }: Call): Promise<number> {
  const report = await session.report();
  if (report.mode === 'attached') throw new KatoError('the first user is set up on the core');
  if (report.roleStates['controller'] !== 'READY') throw new KatoError('the controller is not running yet');
  if (!/^[^@\s]+@[^@\s]+$/.test(email!)) throw new KatoError(`not an e-mail address: ${email}`);
  if (session.product.organisation && organization === undefined) throw new KatoError('missing argument: <org>', 2);
  if (flags['password'] === undefined) {
    session.out('Password: ');
    await pause(session.place.settings.hang);
    throw new KatoError('no password was given');
  }
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

async function rename(session: Session, { args: [hostname], flags }: Call): Promise<number> {
  if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(hostname!)) throw new KatoError(`not a host name: ${hostname}`);
  const report = await session.report();
  // Sets the cluster's name as the host name, on whatever node it runs (14, H).
  writeFileSync(session.place.path('/etc/hostname'), `${hostname}\n`);
  if (report.mode !== 'attached') {
    await session.store({ op: 'set', component: 'cluster', path: 'endpoint', value: `api.${hostname}`, force: true });
  }
  if (flags['no-restart'] === undefined) {
    await session.supervisor({ op: 'restart', names: [] });
    await settle(session);
  }
  session.out(`node renamed to ${hostname}`);
  return 0;
}

/** Every node with its roles; a node that is alone knows only itself. */
async function nodesOf(session: Session): Promise<Record<string, Pick<NodeEntry, 'roles'>>> {
  const report: Report = await session.report();
  if (report.mode === 'micro') return { [report.mbusip]: { roles: report.roles } };
  return session.store<Record<string, NodeEntry>>({ op: 'nodes' });
}

const info: Command['run'] = async (session, { flags }) => {
  const report = await session.supervisor<Report>({ op: 'report' }, flags['node']);
  const available = rolesOf(session.product.version).filter((role) => !report.roles.includes(role.name));
  if (flags['json'] !== undefined) {
    // The real shape is unknown (18-1).
    const { address, mbusip, version, roles } = report;
    session.out(
      JSON.stringify(
        { node: address, mbusip, version, assigned_roles: roles, available_roles: available.map((r) => r.name) },
        null,
        2,
      ),
    );
    return 0;
  }
  session.out(`Node: ${report.address}`);
  session.out(`MBUS IP: ${report.mbusip}`);
  session.out('Assigned roles');
  for (const role of report.roles) session.out(`    ${role}`);
  session.out('Available roles');
  for (const role of available) session.out(`    ${role.name}`);
  return 0;
};

const json = { short: '-j', long: '--json' } as const;
const setup = { args: '[<endpoint>]', max: 1, changes: true, run: setupCore } as const;
const renaming = { args: '<hostname>', min: 1, changes: true, sudo: true, run: rename } as const;

export const nodeCommands: readonly Command[] = [
  { ...setup, words: 'node setup core', since: '2.8', facts: '2.3 H; effect 0.1-2 H; repeated 18-18 L' },
  { ...setup, words: 'setup core', until: '2.8', facts: '2.2 H' },
  {
    words: 'node setup firstuser',
    args: '<email> <org>',
    min: 1,
    max: 2,
    flags: {
      password: { short: '-p', long: '--password', value: 'password' },
      user: { short: '-u', long: '--user', value: 'user', since: '3.0' },
      space: { short: '-s', long: '--space', value: 'space', since: '3.0' },
    },
    since: '2.10',
    changes: true,
    facts: '2.3, 12 H',
    run: firstUser,
  },
  {
    ...renaming,
    words: 'node rename',
    flags: {
      'no-restart': { short: '-r', long: '--no-restart' },
      'skip-remap': { short: '-s' },
      'skip-certificate': { short: '-l', since: '3.0' },
    },
    since: '2.8',
    facts: '2.3, 14 H',
  },
  { ...renaming, words: 'rename', until: '2.8', facts: '2.2 H' },
  {
    words: 'node list',
    flags: { json: { ...json, since: '3.0' } },
    since: '2.10.4',
    facts: '2.3 H: a line starts with the address; the rest L',
    run: async (session, { flags }) => {
      const nodes = await nodesOf(session);
      if (flags['json'] !== undefined) session.out(JSON.stringify(nodes, null, 2));
      else
        for (const address of Object.keys(nodes).sort())
          session.out(`${address.padEnd(16)} ${nodes[address]!.roles.join(' ')}`);
      return 0;
    },
  },
  {
    words: 'info',
    flags: { node: { short: '-n', long: '--node', value: 'ip' }, json: { ...json, since: '2.10' } },
    facts: '1.5 H; layout L',
    run: info,
  },
];
