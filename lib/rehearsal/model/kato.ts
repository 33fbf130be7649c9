import { appendFileSync, mkdirSync } from 'node:fs';
import { allCommands, commandsFor } from './commands';
import { parse } from './grammar';
import { modelHome, type Place } from './place';
import { sudo } from './privilege';
import { KatoError, openSession } from './session';
import { knownTo, type Product } from './version';

export interface Terminal {
  out(line: string): void;
  err(line: string): void;
  stdin(): string;
}

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
    const session = openSession(place, product, io);
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
    if (!(error instanceof KatoError)) throw error;
    io.err(`kato: ${error.message}`);
    return error.code;
  }
}

/** One line per command that changes something, without the secrets among its words. */
function remember(place: Place, argv: readonly string[], code: number): void {
  mkdirSync(place.path(modelHome), { recursive: true });
  const line = { at: new Date().toISOString(), kato: withoutSecrets(argv), code };
  appendFileSync(place.path(`${modelHome}/history`), `${JSON.stringify(line)}\n`);
}

/** The words of a call, without the secrets among them. */
export const withoutSecrets = (argv: readonly string[]): string[] =>
  argv.map((word, i) => (secretAt(argv, i) ? '***' : word));

function secretAt(argv: readonly string[], i: number): boolean {
  const before = argv[i - 1] ?? '';
  return (
    ['-p', '--password'].includes(before) ||
    /(^|[/_-])(pass|password|secret|token)$/.test(before) ||
    /license set/.test(argv.slice(0, i).join(' '))
  );
}
