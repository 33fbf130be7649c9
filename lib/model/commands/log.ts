import { type Call, type Command, json, yaml } from '../grammar';
import { readText } from '../place';
import { groupsOf, KatoError, print, type Session } from '../session';
import { getAt } from '../tree';
import { touch } from '../wire';
import type { Value } from '../yaml';

interface Drain {
  readonly uri: string;
  readonly [option: string]: string;
}

const shippedFormats = ['systail', 'apptail', 'event', 'systail-syslog', 'apptail-syslog', 'event-syslog', 'json'];

/** Not in the stream: their logs are read from `/s/logs` (11, H). */
const unstreamed = ['router2g', 'stackato_rest', 'harbor_proxy_connector', 'cc_upload_server'];

/** What config has of drains; what is none of them, nobody serves. */
async function drainsOf(session: Session): Promise<Record<string, Drain>> {
  const all = await session.store<Value>({ op: 'get', component: 'logyard', path: 'drains' }).catch(() => null);
  const isDrain = (one: Value): boolean => typeof getAt(one, 'uri') === 'string';
  return Object.fromEntries(Object.entries(all ?? {}).filter(([, one]) => isDrain(one))) as Record<string, Drain>;
}

/** tcp and udp to a host and port, redis, file (11, H). */
function checkUri(uri: string): void {
  if (/^(tcp|udp):\/\/[\w.-]+:\d+$|^redis:\/\/[\w.-]+:\d+(\/.*)?$|^file:\/\/\/.+$/.test(uri)) return;
  throw new KatoError(`not a drain: ${uri}; tcp://host:port, udp://host:port, redis://host:port/, file:///path`);
}

async function add(session: Session, { args: [name, uri, ...rest], flags }: Call): Promise<number> {
  checkUri(uri!);
  const wrong = rest.find((option) => !/^[\w-]+=/.test(option));
  if (wrong !== undefined) throw new KatoError(`an option is key=value, not ${wrong}`, 2);
  if (!/^[\w.-]+$/.test(name!)) throw new KatoError(`not a name for a drain: ${name}`);
  const drains: Record<string, Drain> = await drainsOf(session);
  if (Object.hasOwn(drains, name!)) throw new KatoError(`drain ${name} already exists`);
  const format = flags['format'];
  if (format !== undefined && !format.includes('{{') && !shippedFormats.includes(format)) {
    const path = `drainformats/${format}`;
    await session.store({ op: 'get', component: 'logyard', path }).catch(() => {
      throw new KatoError(`unknown format: ${format}`);
    });
  }
  const options = Object.fromEntries(
    rest.map((option) => [option.split('=')[0]!, option.slice(option.indexOf('=') + 1)]),
  );
  // Without a prefix a drain gets the system's logs (11, H).
  const drain: Drain = { ...options, uri: uri!, prefix: flags['prefix'] ?? 'systail', ...(format ? { format } : {}) };
  await session.store({ op: 'set', component: 'logyard', path: `drains/${name}`, value: drain, force: true });
  return 0;
}

async function remove(session: Session, { args: [name] }: Call): Promise<number> {
  await session.store({ op: 'del', component: 'logyard', path: `drains/${name}` }).catch(() => {
    throw new KatoError(`no such drain: ${name}`);
  });
  return 0;
}

async function list(session: Session, { flags }: Call): Promise<number> {
  const drains: Record<string, Drain> = await drainsOf(session);
  const lines = Object.keys(drains)
    .sort()
    .map((name) => `${name.padEnd(20)} ${drains[name]!.prefix ?? 'systail'} ${drains[name]!.uri}`);
  print(session, flags, drains as unknown as Value, lines);
  return 0;
}

/** Whether each drain of this node reaches its end; a stream that cannot is tried again (11, H; the words L). */
async function status(session: Session, { flags }: Call): Promise<number> {
  const drains: Record<string, Drain> = await drainsOf(session);
  const { roleStates } = await session.report();
  const states: Record<string, string> = {};
  for (const name of Object.keys(drains).sort()) {
    const target = /^(tcp|redis):\/\/([\w.-]+):(\d+)/.exec(drains[name]!.uri);
    const host = target?.[2] === 'stackato-core' ? (await session.report()).mbusip : target?.[2];
    const reached = target && (await touch({ host: host!, port: Number(target[3]) }, 5).catch((error: Error) => error));
    if (roleStates['base'] !== 'READY') states[name] = 'STOPPED';
    else states[name] = reached instanceof Error ? `RETRYING (${reached.message})` : 'RUNNING';
  }
  // `-n` leaves out what runs (L).
  if (flags['failing'] !== undefined)
    for (const name of Object.keys(states)) if (states[name] === 'RUNNING') delete states[name];
  print(
    session,
    flags,
    states,
    Object.entries(states).map(([name, state]) => `${name.padEnd(20)} ${state}`),
  );
  return 0;
}

/** The last lines of components' logs on this node: processes, roles or groups (1.3, H). The model does not go on following. */
async function tail(session: Session, { args, flags }: Call): Promise<number> {
  const groups = groupsOf(session.place);
  const roles = session.roles.map((role) => role.name);
  const all = session.processes(roles).map((process) => process.name);
  const wanted = args.flatMap((word) => groups[word] ?? [word]);
  const names = wanted.flatMap((word) =>
    roles.includes(word) ? session.processes([word]).map((x) => x.name) : [word],
  );
  const unknown = wanted.find((word) => !roles.includes(word) && !all.includes(word));
  if (unknown !== undefined) throw new KatoError(`unknown component: ${unknown}`);
  const count = Number(flags['lines'] ?? 10);
  const { address } = await session.report();
  for (const name of names.length > 0 ? new Set(names) : all) {
    if (unstreamed.includes(name)) continue;
    const text = readText(session.place.path(`/home/stackato/stackato/logs/${name}.log`)) ?? '';
    for (const line of text.split('\n').filter(Boolean).slice(-count)) session.out(`${name}@${address}: ${line}`);
  }
  return 0;
}

const adding = { args: '<name> <uri> [<key=value>...]', min: 2, max: 99, changes: true, run: add } as const;
const tailing = {
  args: '[<component>...]',
  max: 99,
  flags: { lines: { short: '-n', value: 'lines' } },
  run: tail,
} as const;
const format = { short: '-f', long: '--format', value: 'format' } as const;
const prefix = { short: '-p', long: '--prefix', value: 'prefixes' } as const;

export const logCommands: readonly Command[] = [
  { ...adding, words: 'log drain add', flags: { format, prefix }, since: '2.8', facts: '2.7, 11 H' },
  { words: 'log drain delete', args: '<name>', min: 1, since: '2.8', changes: true, facts: '2.7 H', run: remove },
  { words: 'log drain list', flags: { json, yaml }, since: '2.8', facts: '2.7 H; layout L', run: list },
  {
    words: 'log drain status',
    flags: { failing: { short: '-n' }, json, yaml },
    since: '3.0',
    facts: '2.7 H; what -n leaves out, and the layout L',
    run: status,
  },
  { ...tailing, words: 'log tail', since: '2.8', facts: '1.3, 2.7 H; -n, and that it ends instead of following L' },
  { ...tailing, words: 'log stream', since: '3.0', facts: '2.7 H; as log tail L' },
  {
    ...adding,
    words: 'drain add',
    flags: { option: { long: '--option', value: 'k=v' }, prefix },
    since: '2.6',
    until: '2.8',
    facts: '2.2, 11 H',
    run: (session, { args, flags }) =>
      add(session, { args: flags['option'] === undefined ? args : [...args, flags['option']], flags }),
  },
  { ...tailing, words: 'tail', until: '2.8', facts: '2.2 H' },
];
