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

/** Whose kato it is: a folder that stands for the node, with its roles in `roles.json`; the notes go to its file `kato`. */
export interface KatoNode {
  readonly root: string;
  readonly version: string;
  readonly address: string;
}

/** What a program would have said, on standard output or standard error, and its exit code. */
export interface KatoAnswer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/**
 * A stub of kato that knows the commands of its version: it records calls, refuses unknown commands, and keeps the node's
 * roles to list them.
 */
export function answerAsKato({ root, version, address }: KatoNode, argv: readonly string[]): KatoAnswer {
  const product = productOf(version);
  const note = (rest: Omit<KatoNote, 'kato'>) => {
    const line: KatoNote = { kato: withoutSecrets(argv), ...rest };
    appendFileSync(join(root, 'kato'), `${JSON.stringify(line)}\n`);
  };
  try {
    const [{ words, changes }, { args, flags }] = parse(allCommands(), product.version, argv);
    note({ changes: changes === true });
    const file = join(root, 'roles.json');
    const before = JSON.parse(readFileSync(file, 'utf8')) as string[];
    const named = (names: readonly string[]) => names.flatMap((name) => shippedGroups[name] ?? [name]);
    const after = rolesAfter(words, before, named(args), named((flags['roles'] ?? '').split(',').filter(Boolean)));
    const roles = words.endsWith('setup core') ? coreRoles(product.version) : after;
    writeFileSync(file, JSON.stringify([...new Set(roles)]));
    return { code: 0, out: `${words.endsWith('node list') ? `${address} ${roles.join(' ')}` : 'ready'}\n`, err: '' };
  } catch (error) {
    if (!(error instanceof KatoError)) throw error;
    note({ changes: false, refused: error.message.split('\n')[0]! });
    return { code: product.honestExit ? error.code : 0, out: '', err: `kato: ${error.message}\n` };
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
