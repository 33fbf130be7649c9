import { allCommands } from '../../lib/model/commands';
import { type Call, parse } from '../../lib/model/grammar';
import { processesOf, rolesOf, shippedGroups } from '../../lib/model/roles';
import { shellWords } from '../../lib/model/shell-words';
import { atLeast, parseVersion } from '../../lib/model/version';

/** Fills what a person fills in: `<address>`, `‹core.address›`. */
const filled = (command: string) => command.replaceAll(/[<‹][^<>‹›]*[>›]/g, 'x');

/** Commands whose arguments are roles. */
const OF_ROLES = new Set([
  ...['start', 'stop', 'restart', 'enable', 'disable', 'role add', 'role remove', 'role info'],
]);

function rolesNamed(name: string, { args, flags }: Call): readonly string[] {
  if (OF_ROLES.has(name)) return args;
  return /^(node )?attach$/.test(name) ? (flags['roles'] ?? '').split(',').filter((role) => role !== '') : [];
}

/** Roles and groups of a version; before 3.0, processes too where a command starts and stops (facts §2.4, §10.1; H). */
function namesOf(version: string, name: string): ReadonlySet<string> {
  const parsed = parseVersion(version);
  const roles = rolesOf(parsed).map((role) => role.name);
  const processes = atLeast(parsed, '3.0') || !/^(start|stop|restart)$/.test(name) ? [] : processesOf(parsed, roles);
  return new Set([...roles, ...Object.keys(shippedGroups), ...processes.map((process) => process.name), ...OWN]);
}

/** Roles of the user's own in the cases and examples, and what a page leaves open. */
const OWN = ['elasticsearch', 'x'];

/** What the kato of a version says against a command, without doing it; nothing when it takes it. */
export function refusal(version: string, command: string): string | undefined {
  const [kato, ...words] = shellWords(filled(command));
  if (kato !== 'kato') return `no command of kato: ${command}`;
  try {
    const [{ words: name }, call] = parse(allCommands(), parseVersion(version), words);
    const stranger = rolesNamed(name, call).find((role) => !namesOf(version, name).has(role));
    return stranger === undefined ? undefined : `${version}: ${command}: no role ${stranger}`;
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
