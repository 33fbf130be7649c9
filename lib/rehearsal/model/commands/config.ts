import { existsSync } from 'node:fs';
import { type Command, json, yaml } from '../grammar';
import { roles } from '../roles';
import { KatoError, type Session } from '../session';
import type { Request } from '../wire';
import { parseYaml, scalar, type Value, yamlText } from '../yaml';

/** A component is a process, `cluster` or `local` (2.1, H); a custom service's file makes its process known (10.3, H). */
const folder = '/home/stackato/stackato/etc/kato/processes';

/** `local` is this node's own, all else the cluster's (2.1, H that there is such a component; the rest L). */
const keeper = <T>(session: Session, name: string | undefined, request: Request): Promise<T> =>
  name === 'local' ? session.supervisor<T>(request) : session.store<T>(request);

function component(session: Session, name: string): string {
  const known = [...roles, ...session.roles].some((role) => role.processes.some((process) => process.name === name));
  const file = session.place.path(`${folder}/${name}.yml`);
  // Spoken of by the facts as components, though no role lists them (11, 12; H).
  const others = [
    'cluster',
    'local',
    'node',
    'apptail',
    'systail',
    'logyard',
    'logyard_sieve',
    'cloud_events',
    'aok',
    'fence',
  ];
  if (!known && !others.includes(name) && !existsSync(file)) throw new KatoError(`unknown component: ${name}`);
  return name;
}

/** The value as its user wrote it: JSON, YAML, or assumed from its looks (2.5, H). */
function readValue(session: Session, text: string, form: 'json' | 'yaml' | 'bare'): Value {
  if (form === 'yaml') return parseYaml(text);
  const structured = /^[[{]/.test(text.trim());
  if (form === 'json' || structured) {
    try {
      const value = JSON.parse(text) as Value;
      if (form === 'bare') session.out('Assumed type struct');
      return value;
    } catch (error) {
      throw new KatoError(`the value is not JSON: ${(error as Error).message}`);
    }
  }
  return scalar(text);
}

const form = (flags: Readonly<Record<string, string | undefined>>) =>
  flags['json'] !== undefined ? 'json' : flags['yaml'] !== undefined ? 'yaml' : 'bare';

function flat(prefix: string, value: Value): string[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return [`${prefix} ${JSON.stringify(value)}`];
  return Object.entries(value).flatMap(([key, item]) => flat(`${prefix}/${key}`, item));
}

const get: Command['run'] = async (session, { args: [name, path = '/'], flags }) => {
  const value =
    name === undefined
      ? await session.store<Value>({ op: 'all' })
      : await keeper<Value>(session, name, { op: 'get', component: component(session, name), path });
  if (flags['flat'] !== undefined) for (const line of flat(name ?? '', value)) session.out(line);
  else session.out(flags['json'] !== undefined ? JSON.stringify(value, null, 2) : yamlText(value));
  return 0;
};

const set: Command['run'] = async (session, { args: [name, path, text], flags }) => {
  const value = readValue(session, text ?? session.stdin().replace(/\n$/, ''), form(flags));
  const force = flags['force'] !== undefined;
  await keeper(session, name, { op: 'set', component: component(session, name!), path: path!, value, force });
  return 0;
};

const list =
  (op: 'push' | 'pop'): Command['run'] =>
  async (session, { args: [name, path, text], flags }) => {
    const value = readValue(session, text!, form(flags));
    await keeper(session, name, { op, component: component(session, name!), path: path!, value });
    return 0;
  };

const shape = {
  args: '<component> <key-path> <value>',
  min: 3,
  max: 3,
  changes: true,
  since: '2.8',
  facts: '2.5 H',
} as const;

export const configCommands: readonly Command[] = [
  {
    words: 'config get',
    args: '[<component>] [<key-path>]',
    max: 2,
    flags: { json, yaml, flat: { short: '-f', long: '--flat' } },
    since: '2.8',
    facts: '2.5 H',
    run: get,
  },
  {
    ...shape,
    words: 'config set',
    args: '<component> <key-path> [<value>]',
    min: 2,
    flags: {
      json,
      yaml,
      force: { long: '--force' },
      node: { long: '--node', value: 'ip', since: '2.10', until: '3.0' },
    },
    run: set,
  },
  { ...shape, words: 'config push', flags: { json, yaml }, run: list('push') },
  { ...shape, words: 'config pop', flags: { json, yaml }, run: list('pop') },
  {
    ...shape,
    words: 'config del',
    args: '<component> <key-path>',
    min: 2,
    max: 2,
    run: async (session, { args: [name, path] }) => {
      await keeper(session, name, { op: 'del', component: component(session, name!), path: path! });
      return 0;
    },
  },
  {
    // The 2.8 change is not backward compatible (2.2, H): strings need inner quotes with --json.
    words: 'config',
    args: '<component> [<key>] [<value>]',
    min: 1,
    max: 3,
    flags: { json: { long: '--json' } },
    changes: true,
    until: '2.8',
    facts: '2.2 H; reading L',
    run: (session, call) => (call.args.length < 3 ? get(session, call) : set(session, call)),
  },
];
