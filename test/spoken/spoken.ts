import { allCommands } from '../../lib/model/commands';
import { parse } from '../../lib/model/grammar';
import { shellWords } from '../../lib/model/shell-words';
import { parseVersion } from '../../lib/model/version';

/** Fills what a person fills in: `<address>`, `‹core.address›`. */
const filled = (command: string) => command.replaceAll(/[<‹][^<>‹›]*[>›]/g, 'x');

/** What the kato of a version says against a command, without doing it; nothing when it takes it. */
export function refusal(version: string, command: string): string | undefined {
  const [kato, ...words] = shellWords(filled(command));
  if (kato !== 'kato') return `no command of kato: ${command}`;
  try {
    parse(allCommands(), parseVersion(version), words);
    return undefined;
  } catch (error) {
    return `${version}: ${command}: ${(error as Error).message}`;
  }
}

const FIRST_WORDS = new Set(allCommands().map(({ words }) => words.split(' ')[0]!));

/** Commands of kato in running text: what stands in code, else what follows until the end of the clause. */
export function commandsIn(text: string): string[] {
  const code = [...text.matchAll(/`(kato [^`]+)`/g)].map((m) => m[1]!);
  const bare = text.replaceAll(/`[^`]*`/g, '').matchAll(/(?<![\w-])kato ([a-z]+)[^;,)`\n]*/g);
  // `kato knows the new password` is prose.
  return [...code, ...[...bare].filter((m) => FIRST_WORDS.has(m[1]!)).map((m) => m[0].trim())];
}
