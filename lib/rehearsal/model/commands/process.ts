import type { Call, Command } from '../grammar';
import { processesOf, rolesOf } from '../roles';
import { KatoError, type Report, type Session, settle } from '../session';
import { pause } from '../wire';

/** What is not ready yet: the first process in start order, or nothing. */
async function waitingFor(session: Session, wanted: string): Promise<string | undefined> {
  const { version, storePort } = session.product;
  const keeper = storePort === 7474 ? 'config_redis' : 'doozerd';
  const report = await session.report().catch(() => undefined);
  if (!report?.booted) return wanted === 'all' ? keeper : wanted;
  // With the micro cloud's start taken away, only what was started by hand can be waited for (4.3-5, M; this rule L).
  if (report.suppressed && wanted === 'all') return report.processes[keeper]?.state === 'RUNNING' ? undefined : keeper;
  const roles = report.roles.filter((role) => !report.stopped.includes(role));
  const names = wanted === 'all' ? processesOf(version, roles).map((process) => process.name) : [wanted];
  return names.find((name) => report.processes[name]?.state !== 'RUNNING');
}

const ready = async (session: Session, { args: [wanted = 'all'], flags }: Call): Promise<number> => {
  const { version, blocks } = session.product;
  const known = rolesOf(version).flatMap((role) => processesOf(version, [role.name]).map((process) => process.name));
  if (wanted !== 'all' && !known.includes(wanted)) throw new KatoError(`unknown process: ${wanted}`);
  const text = flags['block'];
  if (text !== undefined && !/^\d+$/.test(text)) throw new KatoError(`--block needs seconds, not "${text}"`, 2);
  // `--block 0` waits for ever (2.1, H).
  const until = text === '0' ? Number.POSITIVE_INFINITY : Date.now() + Number(text ?? 0) * 1000;
  let lacking = await waitingFor(session, wanted);
  while (lacking !== undefined && blocks && text !== undefined && Date.now() < until) {
    await pause(0.2);
    lacking = await waitingFor(session, wanted);
  }
  session.out(lacking === undefined ? 'ready' : `not ready: ${lacking}`);
  return lacking === undefined ? 0 : 1;
};

/** One node of `kato status`: its address, then its roles (the layout is ours, 18-1). */
function statusLines(session: Session, address: string, report: Report | undefined, all: boolean): string[] {
  if (!report) return [address, '    (no answer from supervisord)'];
  const lines = Object.entries(report.roleStates).map(([role, state]) => {
    const why = processesOf(session.product.version, [role])
      .map((process) => ({ name: process.name, why: report.processes[process.name]?.why }))
      .find((process) => process.why !== undefined);
    return `    ${role.padEnd(16)}${state}${why ? ` (${why.name}: ${why.why})` : ''}`;
  });
  const rest = all ? rolesOf(session.product.version).filter((role) => !report.roles.includes(role.name)) : [];
  return [address, ...lines, ...rest.map((role) => `    ${role.name.padEnd(16)}--`)];
}

const status: Command['run'] = async (session, { flags }) => {
  const own = await session.report();
  const nodes = own.mode === 'micro' ? {} : await session.store<Record<string, unknown>>({ op: 'nodes' });
  const addresses = [own.address, ...Object.keys(nodes).filter((address) => address !== own.address)].sort();
  const reports = await Promise.all(
    addresses.map(async (address) => ({
      address,
      report: await session.supervisor<Report>({ op: 'report' }, address).catch(() => undefined),
    })),
  );
  if (flags['json'] !== undefined) {
    // The real shape is unknown (18-1): address, role, state.
    const states = reports.map(({ address, report }) => [address, report?.roleStates ?? null]);
    session.out(JSON.stringify(Object.fromEntries(states), null, 2));
  } else {
    const all = flags['all'] !== undefined;
    for (const { address, report } of reports)
      for (const line of statusLines(session, address, report, all)) session.out(line);
  }
  return reports.every(({ report }) => report && !Object.values(report.roleStates).includes('FATAL')) ? 0 : 1;
};

const json = { short: '-j', long: '--json' } as const;

export const processCommands: readonly Command[] = [
  {
    words: 'process ready',
    args: '<process>|all',
    min: 1,
    flags: { block: { short: '-b', long: '--block', value: 'seconds' } },
    since: '2.8',
    facts: '2.4 H; words and exit code of the answer L',
    run: ready,
  },
  { words: 'ready', args: '[<process>]', max: 1, until: '2.8', facts: '2.2 H', run: ready },
  {
    words: 'process list',
    args: '[<process>...]',
    max: 99,
    flags: { cluster: { short: '-c', since: '3.0' }, json },
    since: '2.8',
    facts: '2.4 H',
    run: async (session, { args, flags }) => {
      const { processes } = await session.report();
      const listed = Object.entries(processes).filter(([name]) => args.length === 0 || args.includes(name));
      if (flags['json'] !== undefined) session.out(JSON.stringify(Object.fromEntries(listed), null, 2));
      else
        for (const [name, { state, why }] of listed) session.out(`${name.padEnd(24)}${state}${why ? ` (${why})` : ''}`);
      return 0;
    },
  },
  ...(['start', 'stop', 'restart'] as const)
    .filter((verb) => verb !== 'stop')
    .map(
      (verb): Command => ({
        words: `process ${verb}`,
        args: '[<process>...]',
        min: 1,
        max: 99,
        since: '2.8',
        changes: true,
        facts: '2.4 H',
        run: async (session, { args }) => {
          await session.supervisor({ op: 'process', names: args, again: verb === 'restart' });
          await settle(session);
          return 0;
        },
      }),
    ),
  {
    words: 'status',
    flags: { all: { short: '-a', long: '--all' }, json },
    facts: '2.4 H; layout ours, 18-1',
    run: status,
  },
];
