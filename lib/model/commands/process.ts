import { type Call, type Command, json, node, yaml } from '../grammar';
import { KatoError, print, type Report, type Session, settle } from '../session';
import { pause } from '../wire';
import type { Value } from '../yaml';

/** What is not ready yet: the first process in start order, or nothing. Stopped ones and a node without any are not (L). */
async function waitingFor(session: Session, wanted: string, address: string | undefined): Promise<string | undefined> {
  const keeper = session.product.storePort === 7474 ? 'config_redis' : 'doozerd';
  const asked = address === undefined ? session.report() : session.supervisor<Report>({ op: 'report' }, address);
  const report = await asked.catch(() => undefined);
  if (!report?.booted) return wanted === 'all' ? keeper : wanted;
  // With the micro cloud's start taken away, only what was started by hand can be waited for (4.3-5, M; this rule L).
  if (report.suppressed && wanted === 'all') return report.processes[keeper]?.state === 'RUNNING' ? undefined : keeper;
  const names = wanted === 'all' ? session.processes(report.roles).map((process) => process.name) : [wanted];
  if (names.length === 0) return 'nothing is configured';
  return names.find((name) => report.processes[name]?.state !== 'RUNNING');
}

const known = (session: Session) =>
  session.processes(session.roles.map((role) => role.name)).map((process) => process.name);

const ready = async (session: Session, { args: [wanted = 'all'], flags }: Call): Promise<number> => {
  if (wanted !== 'all' && !known(session).includes(wanted)) throw new KatoError(`unknown process: ${wanted}`);
  const text = flags['block'];
  if (text !== undefined && !/^\d+$/.test(text)) throw new KatoError(`--block needs seconds, not "${text}"`, 2);
  // `--block 0` waits for ever (2.1, H); any did before 3.4.1, where it did not time out (0.1-6, H; that it went on L).
  const ends = text !== '0' && (text === undefined || session.product.timesOut);
  const until = ends ? Date.now() + Number(text ?? 0) * 1000 : Number.POSITIVE_INFINITY;
  let lacking = await waitingFor(session, wanted, flags['node']);
  while (lacking !== undefined && Date.now() < until) {
    await pause(0.2);
    lacking = await waitingFor(session, wanted, flags['node']);
  }
  session.out(lacking === undefined ? 'ready' : `not ready: ${lacking}`);
  return lacking === undefined ? 0 : 1;
};

/** One node of `kato status` before 2.8: its processes (2.2, H). */
function processLines(address: string, report: Report | undefined): string[] {
  if (!report) return [address, '    (no answer from supervisord)'];
  const lines = Object.entries(report.processes).map(
    ([name, { state, why }]) => `    ${name.padEnd(24)} ${state}${why ? ` (${why})` : ''}`,
  );
  return [address, ...lines];
}

/** One node of `kato status`: its address, then its roles (the layout is ours, 18-1). */
function statusLines(session: Session, address: string, report: Report | undefined, all: boolean): string[] {
  if (!report) return [address, '    (no answer from supervisord)'];
  const lines = Object.entries(report.roleStates).map(([role, state]) => {
    // What a running process could not reach is shown by `kato process list`.
    const why = session
      .processes([role])
      .map((process) => ({ name: process.name, ...report.processes[process.name] }))
      .find((process) => process.why !== undefined && process.state !== 'RUNNING');
    return `    ${role.padEnd(16)} ${state}${why ? ` (${why.name}: ${why.why})` : ''}`;
  });
  const rest = all ? session.roles.filter((role) => !report.roles.includes(role.name)) : [];
  return [address, ...lines, ...rest.map((role) => `    ${role.name.padEnd(16)} --`)];
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
  // The real shape is unknown (18-1): address, role, state.
  const flat = session.product.grammar === 'flat';
  const states = reports.map(({ address, report }) => [
    address,
    (flat ? report?.processes : report?.roleStates) ?? null,
  ]);
  const all = flags['all'] !== undefined;
  const lines = reports.flatMap(({ address, report }) =>
    flat ? processLines(address, report) : statusLines(session, address, report, all),
  );
  print(session, flags, Object.fromEntries(states) as Value, lines);
  return reports.every(({ report }) => report && !Object.values(report.roleStates).includes('FATAL')) ? 0 : 1;
};

/** The processes of this node, of another or of all, with what they could not reach (2.4 H; layout L). */
const list: Command['run'] = async (session, { args, flags }) => {
  const cluster = flags['cluster'] !== undefined || flags['old'] !== undefined;
  const own = await session.report();
  const nodes = cluster && own.mode !== 'micro' ? await session.store<Record<string, unknown>>({ op: 'nodes' }) : {};
  const addresses = cluster
    ? [...new Set([own.address, ...Object.keys(nodes)])].sort()
    : [flags['node'] ?? own.address];
  const found: Record<string, Value> = {};
  const lines: string[] = [];
  for (const address of addresses) {
    const report = await session.supervisor<Report>({ op: 'report' }, address).catch(() => undefined);
    if (cluster) lines.push(report ? address : `${address} (no answer from supervisord)`);
    const listed = Object.entries(report?.processes ?? {}).filter(([name]) => args.length === 0 || args.includes(name));
    found[address] = Object.fromEntries(listed) as unknown as Value;
    for (const [name, { state, why }] of listed) lines.push(`${name.padEnd(24)} ${state}${why ? ` (${why})` : ''}`);
  }
  print(session, flags, cluster ? found : found[addresses[0]!]!, lines);
  return 0;
};

const control =
  (verb: 'start' | 'stop' | 'restart'): Command['run'] =>
  async (session, { args, flags }) => {
    const cluster = flags['cluster'] !== undefined;
    const own = await session.report();
    const nodes = cluster && own.mode !== 'micro' ? await session.store<Record<string, unknown>>({ op: 'nodes' }) : {};
    const addresses = cluster ? [...new Set([own.address, ...Object.keys(nodes)])] : [flags['node'] ?? own.address];
    const unknown = args.find((name) => !known(session).includes(name));
    if (unknown !== undefined) throw new KatoError(`unknown process: ${unknown}`);
    let done = 0;
    for (const address of addresses) {
      const { processes } = await session.supervisor<Report>({ op: 'report' }, address);
      // By hand also what belongs to no role yet, on this node alone (4.3-5, M).
      const names =
        args.length === 0 || cluster
          ? Object.keys(processes).filter((n) => args.length === 0 || args.includes(n))
          : [...args];
      if (names.length === 0) continue;
      done++;
      const request = verb === 'stop' ? { op: 'process-stop' } : { op: 'process', again: verb === 'restart' };
      await session.supervisor({ ...request, names }, address);
      await settle(session, address);
    }
    if (done === 0) throw new KatoError(`no node runs ${args.join(' ')}`);
    return 0;
  };

export const processCommands: readonly Command[] = [
  {
    words: 'process ready',
    args: '<process>|all',
    min: 1,
    flags: { block: { short: '-b', long: '--block', value: 'seconds' }, node },
    since: '2.8',
    facts: '2.1, 2.4 H; words and exit code of the answer L',
    run: ready,
  },
  { words: 'ready', args: '[<process>]', max: 1, until: '2.8', facts: '2.2 H', run: ready },
  {
    words: 'process list',
    args: '[<process>...]',
    max: 99,
    flags: { node, cluster: { short: '-c', since: '3.0.1' }, old: { short: '-a', until: '3.0.1' }, json, yaml },
    since: '2.8',
    facts: '2.4 H; layout and what is not reached L',
    run: list,
  },
  ...(['start', 'stop', 'restart'] as const).map(
    (verb): Command => ({
      words: `process ${verb}`,
      args: '[<process>...]',
      max: 99,
      flags: { node, cluster: { short: '-c', since: '3.0' } },
      since: '2.8',
      changes: true,
      facts: '2.4 H',
      run: control(verb),
    }),
  ),
  {
    words: 'status',
    flags: { all: { short: '-a', long: '--all' }, json, yaml },
    facts: '2.2 H: processes before 2.8, roles since; 2.4 H; layout ours, 18-1',
    run: status,
  },
];
