import type { Session } from './session';
import { KatoError } from './session';
import { atLeast, knownTo, type Span, type Version } from './version';

/** An option of a command: `-e roles`, `--enable=roles`. */
export interface Flag extends Span {
  readonly long?: string;
  readonly short?: string;
  /** What it takes; nothing for a switch. */
  readonly value?: string;
}

/** Answers as data (2.3-2.5, H; their shapes 18-1). */
export const json: Flag = { short: '-j', long: '--json' };
export const yaml: Flag = { short: '-y', long: '--yaml' };
/** Another node than this one (2.3, 2.4; H). */
export const node: Flag = { short: '-n', long: '--node', value: 'ip' };

/** A kato command: its words, what it takes, which versions know it, and what it does. */
export interface Command extends Span {
  readonly words: string;
  /** Positional arguments as usage text; `min` and `max` say how many. */
  readonly args?: string;
  readonly min?: number;
  readonly max?: number;
  readonly flags?: Readonly<Record<string, Flag>>;
  /** Takes further arguments only from this version on; one before. */
  readonly manySince?: string;
  /** Whether it changes the node or the cluster: kept in the history. */
  readonly changes?: true;
  /** Whether it calls sudo inside, which may prompt (0.1-4, 14, H). */
  readonly sudo?: true;
  /** Section and sureness of the facts. */
  readonly facts: string;
  run(session: Session, call: Call): Promise<number | undefined>;
}

export interface Call {
  readonly args: readonly string[];
  /** Values of flags by name; a switch is `''`. */
  readonly flags: Readonly<Record<string, string | undefined>>;
}

/** Finds the command that the words name and reads its arguments; refuses in words what this version does not know. */
export function parse(commands: readonly Command[], version: Version, argv: readonly string[]): [Command, Call] {
  const known = commands.filter((command) => knownTo(version, command));
  const begins = (command: Command) => command.words.split(' ').every((word, i) => argv[i] === word);
  const longest = (list: readonly Command[]) => list.filter(begins).sort((a, b) => b.words.length - a.words.length)[0];
  const command = longest(known);
  if (!command) {
    const elsewhere = longest(commands);
    const said = elsewhere?.words ?? argv.slice(0, 2).join(' ');
    const hint = elsewhere ? ` in ${version.text} (it exists in ${spanText(elsewhere)})` : '';
    throw new KatoError(`unknown command: kato ${said}${hint}`);
  }
  return [command, read(command, version, argv.slice(command.words.split(' ').length))];
}

/** A span in words. */
export function spanText(span: Span): string {
  if (span.until === undefined && span.since === undefined) return 'all versions';
  if (span.until === undefined) return `${span.since} and later`;
  return span.since === undefined ? `versions before ${span.until}` : `${span.since} up to before ${span.until}`;
}

function read(command: Command, version: Version, words: readonly string[]): Call {
  const args: string[] = [];
  const flags: Record<string, string | undefined> = {};
  let literal = false;
  const usage = (of: Command, problem: string) => usageOf(of, version, problem);
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    // A negative number is a value, a lone dash an argument.
    if (literal || !/^-[^\d]/.test(word)) {
      args.push(word);
      continue;
    }
    if (word === '--') {
      literal = true;
      continue;
    }
    const [name, inline] = splitOption(word);
    const found = Object.entries(command.flags ?? {}).find(([, flag]) => flag.long === name || flag.short === name);
    const common = name === '-v' || name === '--verbose';
    if (!found && common) continue;
    if (!found || !knownTo(version, found[1])) throw usage(command, `unknown option ${name}`);
    const [key, flag] = found;
    if (flag.value === undefined) {
      if (inline !== undefined) throw usage(command, `${name} takes no value`);
      flags[key] = '';
    } else {
      const value = inline ?? words[++i];
      if (value === undefined) throw usage(command, `${name} needs ${flag.value}`);
      flags[key] = value;
    }
  }
  if (args.length < (command.min ?? 0)) throw usage(command, 'too few arguments');
  const many = command.manySince === undefined || atLeast(version, command.manySince);
  if (args.length > (many ? (command.max ?? command.min ?? 0) : 1))
    throw usage(command, `too many arguments: ${args.join(' ')}`);
  return { args, flags };
}

function splitOption(word: string): [string, string | undefined] {
  const at = word.startsWith('--') ? word.indexOf('=') : -1;
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function usageOf(command: Command, version: Version, problem: string): KatoError {
  const options = Object.values(command.flags ?? {})
    .filter((flag) => knownTo(version, flag))
    .map((f) => `[${f.short ?? f.long}${f.value ? ` <${f.value}>` : ''}]`);
  const line = ['usage: kato', command.words, ...options, command.args].filter(Boolean).join(' ');
  return new KatoError(`${problem}\n${line}`, 2);
}
