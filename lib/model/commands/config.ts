import { existsSync } from 'node:fs';
import { type Call, type Command, json, yaml } from '../grammar';
import { KatoError, type Session } from '../session';
import type { Request } from '../wire';
import { parseYaml, scalar, type Value, yamlText } from '../yaml';

/** A component is a process, `cluster` or `local` (2.1, H); a custom service's file makes its process known (10.3, H). */
const folder = '/home/stackato/stackato/etc/kato/processes';

/**
 * Asks who keeps a component: `local` is this node's own, all else the cluster's (2.1, H that there is such a component; the
 * rest L). With `--node`, in 2.10 alone, what is set is that node's (2.5, H; that it hides the cluster's value L).
 */
function keeper<T>(session: Session, name: string, request: Request, flags: Call['flags']): Promise<T> {
  const asked = { ...request, component: component(session, name) };
  const node = flags['node'];
  if (node === undefined) return name === 'local' ? session.supervisor<T>(asked) : session.store<T>(asked);
  const own = session.store<T>({ ...asked, component: `${name}@${node}` });
  return request.op === 'get' ? own.catch(() => session.store<T>(asked)) : own;
}

/** Processes of this version, and what the facts call components though no process has the name (2.1, 2.9; H, M). */
function component(session: Session, name: string): string {
  const known = session.processes(session.roles.map((role) => role.name)).some((process) => process.name === name);
  const file = session.place.path(`${folder}/${name}.yml`);
  if (!known && !['cluster', 'local', 'node'].includes(name) && !existsSync(file))
    throw new KatoError(`unknown component: ${name}`);
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
      : await keeper<Value>(session, name, { op: 'get', path }, flags);
  if (flags['flat'] !== undefined)
    for (const line of flat([name ?? '', ...path.split('/').filter(Boolean)].join('/'), value)) session.out(line);
  else session.out(flags['json'] !== undefined ? JSON.stringify(value, null, 2) : yamlText(value));
  return 0;
};

const set: Command['run'] = async (session, { args: [name, path, text], flags }) => {
  const value = readValue(session, text ?? session.stdin().replace(/\n$/, ''), form(flags));
  const force = flags['force'] !== undefined;
  await keeper(session, name!, { op: 'set', path: path!, value, force }, flags);
  return 0;
};

const list =
  (op: 'push' | 'pop'): Command['run'] =>
  async (session, { args: [name, path, text], flags }) => {
    const value = readValue(session, text!, form(flags));
    await keeper(session, name!, { op, path: path!, value }, flags);
    return 0;
  };

/** 2.5, H. */
const onNode = { long: '--node', value: 'ip', since: '2.10', until: '3.0' } as const;

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
    flags: { json, yaml, flat: { short: '-f', long: '--flat' }, node: onNode },
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
      node: onNode,
    },
    run: set,
  },
  {
    ...shape,
    words: 'config push',
    flags: { json, yaml, node: onNode },
    facts: '2.5 H; -j and -y L',
    run: list('push'),
  },
  { ...shape, words: 'config pop', flags: { json, yaml, node: onNode }, facts: '2.5 H; -j and -y L', run: list('pop') },
  {
    ...shape,
    words: 'config del',
    args: '<component> <key-path>',
    min: 2,
    max: 2,
    flags: { node: onNode },
    run: async (session, { args: [name, path], flags }) => {
      await keeper(session, name!, { op: 'del', path: path! }, flags);
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
