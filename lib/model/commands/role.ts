import { type Call, type Command, node as onNode } from '../grammar';
import { mostOf } from '../limits';
import { inOrder } from '../roles';
import { expandRoles, groupsOf, KatoError, type Report, type Session, settle } from '../session';

/** Roles that `--all` and `--all-but` mean: all but the core's own and load_balancer (1.1, 1.2; H/M). */
function every(session: Session, but: readonly string[]): string[] {
  return session.roles
    .filter((role) => !role.implied && !role.alone && !but.includes(role.name))
    .map((role) => role.name);
}

/** A flag, then a list; before 2.8 one word with commas (2.2, H). */
function allBut({ product }: Session, words: readonly string[]): readonly string[] {
  if (product.grammar === 'nested') return words;
  if (words.length > 1) throw new KatoError(`--all-but takes one list with commas, not ${words.join(' ')}`, 2);
  return words.flatMap((word) => word.split(','));
}

type Next = (now: readonly string[], named: string[]) => string[];

const change = (session: Session, call: Call, next: Next): Promise<number> =>
  session.turn(call.flags['node'], () => changeAlone(session, call, next));

async function changeAlone(session: Session, call: Call, next: Next): Promise<number> {
  const address = call.flags['node'];
  const report = await session.supervisor<Report>({ op: 'report' }, address);
  const butWords = call.flags['all-but'] !== undefined;
  const named =
    call.flags['all'] !== undefined
      ? every(session, [])
      : butWords
        ? every(session, expandRoles(session, allBut(session, call.args)))
        : expandRoles(session, call.args);
  if (named.length === 0) throw new KatoError('name a role', 2);
  const roles = inOrder(next(report.roles, named));
  const alone = session.roles.find((role) => role.alone && roles.includes(role.name));
  if (alone && roles.some((role) => role !== alone.name && role !== 'base')) {
    throw new KatoError(`${alone.name} cannot hold any other role`);
  }
  const lost = ['controller', 'cloud_controller', 'router'].find(
    (role) => report.roles.includes(role) && !roles.includes(role),
  );
  // Primary needs both on its node, in a micro cloud too (1.1, H).
  if (report.mode !== 'attached' && lost) throw new KatoError(`${lost} must stay on the core`);
  // Roles of a cluster's nodes are in its store: `node/<id>/roles` (2.9, M).
  if (report.mode !== 'micro') {
    const limits = { most: mostOf(session.roles) };
    await session.store({ op: 'node-put', address: report.address, entry: { roles }, limits });
  }
  // With `--no-start` a new role waits for `kato start` (2.4, H).
  const added = roles.filter((role) => !report.roles.includes(role));
  const stopped =
    call.flags['no-start'] !== undefined
      ? [...report.stopped, ...added]
      : report.stopped.filter((role) => roles.includes(role));
  await session.supervisor({ op: 'update', patch: { roles, stopped } }, address);
  await settle(session, address);
  session.out(`roles of ${report.address}: ${roles.join(' ')}`);
  return 0;
}

const add: Command['run'] = (session, call) =>
  change(session, call, (now, named) =>
    call.flags['only'] === undefined
      ? [...now, ...named]
      : [...now.filter((role) => role === 'base' || role === 'primary'), ...named],
  );
const remove: Command['run'] = (session, call) =>
  change(session, call, (now, named) => now.filter((r) => !named.includes(r)));

/** Words of `kato start`, `stop`, `restart`: roles and groups, before 3.0 processes too (2.4, 10.1, S3; H). */
function split(session: Session, words: readonly string[]): { roles: string[]; processes: string[] } {
  const known = session.roles.map((role) => role.name);
  const all = session.processes(known).map((process) => process.name);
  const old = session.product.storePort === 8046;
  const groups = groupsOf(session.place);
  const isProcess = (word: string) => old && !known.includes(word) && !groups[word] && all.includes(word);
  const roles = words.filter((word) => !isProcess(word)).flatMap((word) => groups[word] ?? [word]);
  const unknown = roles.find((role) => !known.includes(role));
  if (unknown !== undefined) throw new KatoError(`unknown role: ${unknown}`);
  return { roles: inOrder(roles), processes: words.filter(isProcess) };
}

const act =
  (op: 'start' | 'stop' | 'restart'): Command['run'] =>
  async (session, { args, flags }) => {
    const report = await session.supervisor<Report>({ op: 'report' }, flags['node']);
    const { roles, processes } = split(session, args);
    const absent = roles.find((name) => !report.roles.includes(name));
    if (absent) throw new KatoError(`role ${absent} is not assigned to ${report.address}`);
    if (processes.length > 0) {
      const request = op === 'stop' ? { op: 'process-stop' } : { op: 'process', again: op === 'restart' };
      await session.supervisor({ ...request, names: processes }, flags['node']);
    }
    if (roles.length > 0 || args.length === 0) await session.supervisor({ op, names: roles }, flags['node']);
    await settle(session, flags['node']);
    return 0;
  };

const many = { max: 99, changes: true } as const;
const node = { ...onNode, since: '2.8' } as const;
const all = { long: '--all' } as const;
const but = { long: '--all-but' } as const;

export const roleCommands: readonly Command[] = [
  {
    ...many,
    words: 'role add',
    args: '<role>...',
    flags: { node, all, 'all-but': but, only: { long: '--only' }, 'no-start': { long: '--no-start' } },
    since: '2.8',
    facts: '2.4 H',
    run: add,
  },
  {
    ...many,
    words: 'role remove',
    args: '<role>...',
    flags: { node, all, 'all-but': but, 'no-stop': { long: '--no-stop', since: '2.10', until: '3.0' } },
    since: '2.8',
    facts: '2.4 H; --no-stop is read and does nothing',
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
      const unknown = args.find((name) => !session.roles.some((role) => role.name === name));
      if (unknown !== undefined) throw new KatoError(`unknown role: ${unknown}`);
      for (const role of session.roles) {
        if (args.length === 0 || args.includes(role.name))
          session.out(`${role.name.padEnd(16)} ${roleStates[role.name] ?? '--'}`);
      }
      return 0;
    },
  },
  {
    ...many,
    words: 'enable',
    args: '<role>...',
    flags: { 'all-but': but, all },
    until: '2.8',
    facts: '2.2 H',
    run: add,
  },
  { ...many, words: 'disable', args: '<role>...', flags: { all }, until: '2.8', facts: '2.2 H', run: remove },
  ...(['start', 'stop', 'restart'] as const).map(
    (op): Command => ({
      ...many,
      words: op,
      args: '[<role>...]',
      flags: {
        node,
        ...(op === 'start'
          ? { ephemeral: { short: '-e', since: '2.8' } }
          : { doozer: { short: '-a', since: '2.10', until: '3.0' } }),
      },
      facts: '2.4 H; 13.4 H for what gave up',
      run: act(op),
    }),
  ),
];
