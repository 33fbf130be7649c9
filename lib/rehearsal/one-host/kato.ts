import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allCommands } from '../../model/commands';
import { parse } from '../../model/grammar';
import { withoutSecrets } from '../../model/kato';
import { coreRoles, shippedGroups } from '../../model/roles';
import { KatoError } from '../../model/session';
import { productOf } from '../../model/version';

/** A recorded call of kato. */
export interface KatoNote {
  readonly kato: readonly string[];
  /** Whether it changes the node or the cluster. */
  readonly changes: boolean;
  /** Why this version would refuse it. */
  readonly refused?: string;
}

/**
 * A stub of kato that knows the commands of its version: it records calls in `dir`, refuses unknown commands, and keeps the
 * node's roles to list them. Returns kato's exit code.
 */
function main([dir = '', version = '', address = '', ...argv]: readonly string[]): number {
  const product = productOf(version);
  const note = (rest: Omit<KatoNote, 'kato'>) => {
    const line: KatoNote = { kato: withoutSecrets(argv), ...rest };
    appendFileSync(join(dir, 'kato'), `${JSON.stringify(line)}\n`);
  };
  try {
    const [{ words, changes }, { args, flags }] = parse(allCommands(), product.version, argv);
    note({ changes: changes === true });
    const file = join(dir, 'roles.json');
    const before = JSON.parse(readFileSync(file, 'utf8')) as string[];
    const named = (names: readonly string[]) => names.flatMap((name) => shippedGroups[name] ?? [name]);
    const after = rolesAfter(words, before, named(args), named((flags['roles'] ?? '').split(',').filter(Boolean)));
    const roles = words.endsWith('setup core') ? coreRoles(product.version) : after;
    writeFileSync(file, JSON.stringify([...new Set(roles)]));
    process.stdout.write(`${words.endsWith('node list') ? `${address} ${roles.join(' ')}` : 'ready'}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof KatoError)) throw error;
    note({ changes: false, refused: error.message.split('\n')[0]! });
    process.stderr.write(`kato: ${error.message}\n`);
    return product.honestExit ? error.code : 0;
  }
}

function rolesAfter(words: string, before: string[], args: string[], listed: string[]): string[] {
  switch (words) {
    case 'node attach':
    case 'attach':
      return ['base', ...listed];
    case 'role add':
    case 'enable':
      return [...before, ...args];
    case 'role remove':
    case 'disable':
      return before.filter((role) => !args.includes(role));
    case 'node setup load_balancer':
    case 'setup load_balancer':
      return ['base', 'load_balancer'];
    default:
      return before;
  }
}

if (require.main === module) process.exitCode = main(process.argv.slice(2));
