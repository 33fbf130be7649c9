import type { Call, Command } from '../grammar';
import { inOrder, rolesOf } from '../roles';
import { expandRoles, KatoError, type Report, type Session, settle } from '../session';

/** Roles that `--all` and `--all-but` mean: all but the core's own and load_balancer (1.1, 1.2; H/M). */
function every(session: Session, but: readonly string[]): string[] {
  return rolesOf(session.product.version)
    .filter((role) => !role.implied && !role.alone && !but.includes(role.name))
    .map((role) => role.name);
}

async function change(session: Session, call: Call, next: (now: readonly string[], named: string[]) => string[]) {
  const address = call.flags['node'];
  const report = await session.supervisor<Report>({ op: 'report' }, address);
  const butWords = call.flags['all-but'] !== undefined;
  const named =
    call.flags['all'] !== undefined
      ? every(session, [])
      : butWords
        ? every(
            session,
            expandRoles(
              session,
              call.args.flatMap((word) => word.split(',')),
            ),
          )
        : expandRoles(session, call.args);
  if (named.length === 0) throw new KatoError('name a role', 2);
  const roles = inOrder(next(report.roles, named));
  const alone = rolesOf(session.product.version).find((role) => role.alone && roles.includes(role.name));
  if (alone && roles.some((role) => role !== alone.name && role !== 'base')) {
    throw new KatoError(`${alone.name} cannot hold any other role`);
  }
  const lost = ['controller', 'cloud_controller', 'router'].find(
    (role) => report.roles.includes(role) && !roles.includes(role),
  );
  if (report.mode === 'core' && lost) throw new KatoError(`${lost} must stay on the core`);
  // Roles of a cluster's nodes are in its store: `node/<id>/roles` (2.9, M).
  if (report.mode !== 'micro') await session.store({ op: 'node-put', address: report.address, entry: { roles } });
  await session.supervisor({ op: 'update', patch: { roles } }, address);
  await settle(session, address);
  session.out(`roles of ${report.address}: ${roles.join(' ')}`);
  return 0;
}

const add: Command['run'] = (session, call) =>
  change(session, call, (now, named) => (call.flags['only'] === undefined ? [...now, ...named] : ['base', ...named]));
const remove: Command['run'] = (session, call) =>
  change(session, call, (now, named) => now.filter((r) => !named.includes(r)));

const act =
  (op: 'start' | 'stop' | 'restart'): Command['run'] =>
  async (session, { args, flags }) => {
    const report = await session.supervisor<Report>({ op: 'report' }, flags['node']);
    const names = args.length > 0 ? expandRoles(session, args) : [];
    const absent = names.find((name) => !report.roles.includes(name));
    if (absent) throw new KatoError(`role ${absent} is not assigned to ${report.address}`);
    await session.supervisor({ op, names }, flags['node']);
    await settle(session, flags['node']);
    return 0;
  };

const many = { max: 99, changes: true } as const;
const node = { long: '--node', short: '-n', value: 'ip', since: '2.8' } as const;
const all = { long: '--all' } as const;
const allBut = { long: '--all-but' } as const;

export const roleCommands: readonly Command[] = [
  {
    ...many,
    words: 'role add',
    args: '<role>...',
    flags: { node, all, 'all-but': allBut, only: { long: '--only' }, 'no-start': { long: '--no-start' } },
    since: '2.8',
    facts: '2.4 H',
    run: add,
  },
  {
    ...many,
    words: 'role remove',
    args: '<role>...',
    flags: { node, all, 'all-but': allBut },
    since: '2.8',
    facts: '2.4 H',
    run: remove,
  },
  {
    words: 'role info',
    args: '[<role>...]',
    max: 99,
    since: '3.0',
    facts: '2.4 H; layout L',
    run: async (session, { args }) => {
      const { roleStates } = await session.report();
      for (const role of rolesOf(session.product.version)) {
        if (args.length === 0 || args.includes(role.name))
          session.out(`${role.name.padEnd(16)}${roleStates[role.name] ?? '--'}`);
      }
      return 0;
    },
  },
  {
    ...many,
    words: 'enable',
    args: '<role>...',
    flags: { 'all-but': allBut, all },
    until: '2.8',
    facts: '2.2 H',
    run: add,
  },
  { ...many, words: 'disable', args: '<role>...', flags: { all }, until: '2.8', facts: '2.2 H', run: remove },
  ...(['start', 'stop', 'restart'] as const).map(
    (op): Command => ({ ...many, words: op, args: '[<role>...]', flags: { node }, facts: '2.4 H', run: act(op) }),
  ),
];
