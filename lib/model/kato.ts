import { appendFileSync, mkdirSync } from 'node:fs';
import { allCommands, commandsFor } from './commands';
import { parse } from './grammar';
import { modelHome, type Place, readText } from './place';
import { sudo } from './privilege';
import { KatoError, openSession, type Terminal } from './session';
import { knownTo, type Product } from './version';
import { YamlError } from './yaml';

/** Runs one kato command and gives its exit code as this version gives it: up to 3.2.1 always 0 (0.1-6, H). */
export async function kato(place: Place, product: Product, argv: readonly string[], io: Terminal): Promise<number> {
  const code = await run(place, product, argv, io);
  return product.honestExit ? code : 0;
}

async function run(place: Place, product: Product, argv: readonly string[], io: Terminal): Promise<number> {
  try {
    const likely = commandsFor(argv[0] ?? '');
    const known = likely.some(
      (c) => knownTo(product.version, c) && c.words.split(' ').every((word, i) => argv[i] === word),
    );
    const [command, call] = parse(known ? likely : allCommands(), product.version, argv);
    const session = openSession(place, product, io, kato);
    if (command.sudo) await sudo(session);
    const reads =
      command.words === 'config' ? call.args.length < 3 : command.words.endsWith('zone') && call.args.length === 0;
    let code = 1;
    try {
      code = (await command.run(session, call)) ?? 0;
    } finally {
      if (command.changes && !reads) remember(place, argv, code);
    }
    return code;
  } catch (error) {
    const said = inWords(error);
    if (said === undefined) throw error;
    io.err(`kato: ${said}`);
    return error instanceof KatoError ? error.code : 1;
  }
}

/** What kato says of an error: its own words, what is wrong with some YAML, and what the machine refuses, as Ruby words it (L). */
function inWords(error: unknown): string | undefined {
  if (error instanceof KatoError || error instanceof YamlError) return error.message;
  const { code, syscall, path, message } = error as NodeJS.ErrnoException;
  if (code === 'ERR_INVALID_ARG_VALUE') return 'a name contains a null byte';
  if (code === undefined || syscall === undefined) return undefined;
  const text = /^\w+: ([^,]+)/.exec(message)?.[1] ?? message;
  return `${text[0]!.toUpperCase()}${text.slice(1)}${path ? ` - ${path}` : ''}`;
}

/** One line per command that changes something, without the secrets among its words. */
function remember(place: Place, argv: readonly string[], code: number): void {
  mkdirSync(place.path(modelHome), { recursive: true });
  const line = { at: new Date().toISOString(), kato: withoutSecrets(argv), code };
  const file = place.path(`${modelHome}/history`);
  // A line that a full disk or a kill cut off spoils no other.
  const whole = (readText(file) ?? '\n').endsWith('\n') ? '' : '\n';
  appendFileSync(file, `${whole}${JSON.stringify(line)}\n`);
}

/** The words of a call, without the secrets among them. */
export const withoutSecrets = (argv: readonly string[]): string[] =>
  argv.map((word, i) => (secretAt(argv, i) ? '***' : word));

function secretAt(argv: readonly string[], i: number): boolean {
  const before = argv[i - 1] ?? '';
  return (
    before === '-p' ||
    /(^|[/_-])(pass|password|secret|token)$/.test(before) ||
    /license set/.test(argv.slice(0, i).join(' '))
  );
}
