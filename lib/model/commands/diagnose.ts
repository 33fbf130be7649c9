import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { NodeEntry } from '../entries';
import { type Call, type Command, node } from '../grammar';
import { modelHome, readText } from '../place';
import { passwordless } from '../privilege';
import { busPort } from '../roles';
import { KatoError, type Report, type Session } from '../session';
import { shellWords } from '../shell-words';
import { converse } from '../wire';
import { type Value, yamlText } from '../yaml';

/** A test of `kato inspect`: says what is wrong, or nothing (2.7 H that common misconfiguration is found; which L). */
interface Test {
  readonly name: string;
  readonly group: 'network' | 'roles' | 'system';
  run(session: Session, report: Report): Promise<string | undefined>;
}

const problem = (what: Promise<unknown>) =>
  what.then(
    () => undefined,
    (error: Error) => error.message,
  );

const tests: readonly Test[] = [
  { name: 'config_store', group: 'network', run: (session) => problem(session.store({ op: 'about' })) },
  {
    name: 'message_bus',
    group: 'network',
    run: async (session, { mode, mbusip }) =>
      mode === 'micro' ? undefined : problem(converse(session.at(mbusip, busPort), undefined, 5)),
  },
  {
    name: 'hosts_file',
    group: 'network',
    run: async (session, { mode, mbusip }) =>
      mode === 'micro' || (readText(session.place.path('/etc/hosts')) ?? '').includes(`${mbusip} `)
        ? undefined
        : `/etc/hosts has no line for ${mbusip}`,
  },
  {
    name: 'processes',
    group: 'roles',
    run: async (_, { processes }) => {
      const bad = Object.entries(processes).filter(([, process]) => process.state !== 'RUNNING');
      return bad.length > 0 ? bad.map(([name, { state }]) => `${name} ${state}`).join(', ') : undefined;
    },
  },
  {
    name: 'connections',
    group: 'network',
    run: async (_, { processes }) => {
      const cut = Object.entries(processes).filter(([, { state, why }]) => state === 'RUNNING' && why !== undefined);
      return cut.length > 0 ? cut.map(([name, { why }]) => `${name} ${why}`).join('; ') : undefined;
    },
  },
  {
    name: 'sudo',
    group: 'system',
    run: async ({ place }) => (passwordless(place) ? undefined : 'stackato needs a password for sudo'),
  },
];

async function inspect(session: Session, { args: [what = 'all', ...names] }: Call): Promise<number> {
  if (what === 'list') {
    for (const { name, group } of tests) session.out(`${group.padEnd(10)} ${name}`);
    return 0;
  }
  if (!['all', 'group', 'tests'].includes(what)) throw new KatoError(`inspect all, group <g>, tests <t>... or list`, 2);
  const chosen = tests.filter((test) => what === 'all' || names.includes(what === 'group' ? test.group : test.name));
  if (chosen.length === 0) throw new KatoError(`no such ${what === 'group' ? 'group' : 'test'}: ${names.join(' ')}`);
  const report = await session.report();
  let failed = 0;
  for (const test of chosen) {
    const why = await test.run(session, report);
    session.out(`${test.name.padEnd(14)} ${why === undefined ? 'ok' : `FAILED ${why}`}`);
    if (why !== undefined) failed++;
  }
  return failed > 0 ? 1 : 0;
}

/** Collects what support would ask for into one file (2.7, H; its name and layout L). */
async function report(session: Session, { flags }: Call): Promise<number> {
  const own = await session.report();
  const all = flags['cluster'] === undefined ? {} : await session.store<Record<string, NodeEntry>>({ op: 'nodes' });
  const addresses = [...new Set([flags['node'] ?? own.address, ...Object.keys(all)])].sort();
  // Of a cluster also what does not answer is told; of one node there is nothing else to tell.
  const lenient = flags['cluster'] !== undefined;
  const reports = await Promise.all(
    addresses.map((address) =>
      session.supervisor<Report>({ op: 'report' }, address).catch((error: Error) => {
        if (lenient) return error.message;
        throw error;
      }),
    ),
  );
  const file = '/home/stackato/stackato-report.tgz';
  writeFileSync(session.place.path(file), gzipSync(JSON.stringify(reports)), { mode: 0o600 });
  session.out(`report of ${addresses.join(' ')} in ${file}`);
  return 0;
}

async function history(session: Session): Promise<number> {
  for (const line of (readText(session.place.path(`${modelHome}/history`)) ?? '').split('\n').filter(Boolean)) {
    const entry = entryOf(line);
    if (entry) session.out(`${entry.at} kato ${entry.kato.join(' ')}`);
  }
  return 0;
}

/** A line of the history; nothing when it was cut off. */
function entryOf(line: string): { at: string; kato: string[] } | undefined {
  try {
    return JSON.parse(line) as { at: string; kato: string[] };
  } catch {
    return undefined;
  }
}

/** Every line of the input is a command of kato (2.7 H that there is a shell; what it takes L). */
async function shell(session: Session): Promise<number> {
  let code = 0;
  for (const line of session
    .stdin()
    .split('\n')
    .map((text) => text.trim())
    .filter(Boolean))
    code = await session.kato(shellWords(line), () => '');
  return code;
}

async function dump(session: Session): Promise<number> {
  session.out(yamlText(await session.store<Value>({ op: 'all' })));
  return 0;
}

const grant: Command['run'] = async (session, { args: [email] }) => {
  const component = session.product.storePort === 7474 ? 'cloud_controller_ng' : 'cloud_controller';
  await session.store({ op: 'push', component, path: 'admins', value: email });
  return 0;
};

const cluster = { short: '-c', since: '3.0' } as const;

export const diagnoseCommands: readonly Command[] = [
  {
    words: 'inspect',
    args: '[all | group <g> | tests <t>... | list]',
    max: 99,
    facts: '2.7 H; which tests L',
    run: inspect,
  },
  {
    words: 'report',
    flags: { cluster, old: { short: '-a', since: '2.10', until: '3.0' }, node },
    facts: '2.7 H; the file L',
    run: (session, call) =>
      report(session, call.flags['old'] === undefined ? call : { ...call, flags: { ...call.flags, cluster: '' } }),
  },
  { words: 'history', since: '2.6', facts: '2.7, 15 H; layout L', run: history },
  { words: 'shell', facts: '2.7 H; reading L', run: shell },
  { words: 'debug lsdoozer', until: '2.8', facts: '2.2 H', run: dump },
  {
    words: 'debug configwatch',
    args: '[<process>...]',
    max: 99,
    flags: { d: { short: '-d' }, s: { short: '-s' } },
    since: '3.0',
    facts: '2.7 H; shows once instead of watching L',
    run: dump,
  },
  {
    words: 'debug redis',
    since: '3.0',
    facts: '2.7 H; answers PING alone L',
    run: async (session) => {
      await session.store({ op: 'about' });
      session.out('PONG');
      return 0;
    },
  },
  {
    words: 'admin grant',
    args: '<email>',
    min: 1,
    until: '3.0',
    changes: true,
    facts: '2.2 H; gone in 3.0',
    run: grant,
  },
  {
    words: 'version',
    facts: '2.7 H',
    run: async (session) => {
      session.out(`Stackato v${session.product.version.text}`);
      return 0;
    },
  },
];
