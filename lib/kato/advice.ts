import { typedWord } from '../base/shell';
import { enabled, katoWords, knowsAction, namesIn } from './commands';
import type { KatoAction } from './step';
import { atLeast, type KatoVersion, KNOWN_VERSIONS, parseVersion } from './version';

/** What an operator may be told to do with kato, besides the actions of a boot. `node` and `core` are private addresses. */
export type Advice =
  | Extract<KatoAction, { do: 'restart' | 'stop' | 'start' | 'relocate' | 'role-remove' }>
  | { readonly do: 'list-nodes' }
  | { readonly do: 'list-roles' }
  | { readonly do: 'list-processes' }
  | { readonly do: 'show-versions' }
  | { readonly do: 'export'; readonly file: string }
  | { readonly do: 'import'; readonly file: string }
  /** Starts the apps of a DEA elsewhere, then stops it. */
  | { readonly do: 'retire'; readonly node: string }
  /** Removes a node from the cluster; `dead`: its machine no longer exists. */
  | { readonly do: 'remove-node'; readonly node: string; readonly dead?: boolean }
  /** On a node: points it at the core's new address. */
  | {
      readonly do: 'follow-core';
      readonly core: string;
      readonly before: string;
      readonly roles: readonly string[];
    }
  /** On the core: changes its address. */
  | { readonly do: 'move-core'; readonly before: string; readonly after: string }
  | { readonly do: 'upgrade' }
  | {
      readonly do: 'set';
      readonly component: string;
      readonly key: string;
      /** Text, or JSON as text. */
      readonly value: string;
      readonly type: 'string' | 'json';
    }
  /** Sets a value that is typed or piped in, so that no history holds it. */
  | { readonly do: 'set-secret'; readonly component: string; readonly key: string }
  | { readonly do: 'unset'; readonly component: string; readonly key: string }
  | { readonly do: 'maintenance'; readonly on: boolean }
  | { readonly do: 'add-roles'; readonly node: string; readonly roles: readonly string[] }
  | { readonly do: 'remove-roles'; readonly node: string; readonly roles: readonly string[] };

/** How to do it in a version: the command, where to type it, and a note or an alternative. */
export interface Advised {
  /** Absent if the version has no command for it. */
  readonly command?: string;
  /** `node`: on the node that it is about. */
  readonly on: 'core' | 'node';
  readonly note?: string;
}

/** Puts advice into the grammar of a version (facts §2.2–2.7, §13; H where nothing else is said). */
export function advise(version: KatoVersion, advice: Advice): Advised {
  const from = (other: string) => atLeast(version, other);
  switch (advice.do) {
    case 'list-nodes':
      // Before 2.10.4 `kato status` is the only list, of processes before 2.8.
      return from('2.10.4') ? core('node', 'list') : core('status', '-a');
    case 'list-roles':
      return core('status', '-a');
    case 'list-processes':
      return from('2.8') ? node('process', 'list') : node('status');
    case 'show-versions':
      return from('3.0') ? node('node', 'version') : node('version');
    case 'export':
    case 'import':
      return core(...(from('2.8') ? ['data'] : []), advice.do, '--cluster', advice.file);
    case 'upgrade':
      if (from('3.0')) return core('node', 'upgrade');
      return {
        on: 'core',
        note: `Stackato ${version.text} has no upgrade in place: export, create a new cluster with the new version, import`,
      };
    case 'maintenance':
      return maintenance(version, advice.on);
    case 'start':
    case 'stop':
    case 'restart':
    case 'relocate':
    case 'role-remove':
      return ofBoot(version, advice);
    case 'retire':
    case 'remove-node':
    case 'follow-core':
    case 'move-core':
      return membership(version, advice);
    case 'set':
    case 'set-secret':
    case 'unset':
      return configuration(version, advice);
    case 'add-roles':
    case 'remove-roles':
      return roles(version, advice);
  }
}

/** Only the command, for texts that name it; the alternative if the version has none. */
export function adviceText(version: KatoVersion, advice: Advice): string {
  const { command, note } = advise(version, advice);
  return command ?? note ?? '';
}

/** A version as a manifest or a stack names it; the newest if it is unknown. */
export function spokenVersion(text: string): KatoVersion {
  const parsed = parseVersion(text);
  return 'problem' in parsed ? (parseVersion(KNOWN_VERSIONS.at(-1)!) as KatoVersion) : parsed;
}

const typed = (words: readonly string[]) => ['kato', ...words.map(typedWord)].join(' ');
const core = (...words: string[]): Advised => ({ on: 'core', command: typed(words) });
const node = (...words: string[]): Advised => ({ on: 'node', command: typed(words) });

function ofBoot(version: KatoVersion, action: Extract<Advice, KatoAction>): Advised {
  if (!knowsAction(version, action.do))
    return { on: 'node', note: `Stackato ${version.text} has no kato command for this: do it by hand` };
  const words = katoWords(version, action).map((word) => (typeof word === 'string' ? word : '<value>'));
  return node(...words);
}

type Membership = Extract<Advice, { do: 'retire' | 'remove-node' | 'follow-core' | 'move-core' }>;

/** Nodes that join, leave or lose the core (facts §2.3, §13.3, §13.4; H, of the words before 2.8 L). */
function membership(version: KatoVersion, advice: Membership): Advised {
  const noun = atLeast(version, '2.8') ? ['node'] : [];
  switch (advice.do) {
    case 'retire':
      // Before 3.4.1 `-n` hung on a password prompt (RN; H).
      if (atLeast(version, '3.4.1')) return core('node', 'retire', '-n', advice.node);
      if (atLeast(version, '3.0')) return node('node', 'retire');
      return { ...node('stop', 'dea'), note: 'its apps start elsewhere after the health manager notices' };
    case 'remove-node':
      return core(...noun, 'remove', ...(advice.dead && atLeast(version, '3.2') ? ['-s'] : []), advice.node);
    case 'move-core':
      return core(...noun, 'migrate', advice.before, advice.after);
    case 'follow-core':
      if (!atLeast(version, '3.4')) return node(...noun, 'migrate', advice.before, advice.core);
      // Gone in 3.6 (L): attaching again does the same there.
      if (!atLeast(version, '3.6')) return node('node', 'reattach', advice.core);
      return node('node', 'attach', ...enabled(version, advice.roles), advice.core);
  }
}

type Configuration = Extract<Advice, { do: 'set' | 'set-secret' | 'unset' }>;

/** Keys of the configuration store (facts §2.2, §2.5; H). */
function configuration(version: KatoVersion, advice: Configuration): Advised {
  const { component, key } = advice;
  if (atLeast(version, '2.8')) {
    if (advice.do === 'unset') return core('config', 'del', component, key);
    // Without a value, kato reads it from standard input.
    if (advice.do === 'set-secret') return core('config', 'set', component, key);
    const words = katoWords(version, settingOf(advice)).map(String);
    return core(...words);
  }
  if (advice.do === 'unset')
    return { on: 'core', note: `Stackato ${version.text} has no command that removes a key: set its old value` };
  if (advice.do === 'set-secret')
    return {
      ...core('config', '--json', component, key, '"<new value>"'),
      note: 'the shell history then holds the value: remove it there',
    };
  return core(...katoWords(version, settingOf(advice)).map(String));
}

const settingOf = (advice: Extract<Configuration, { do: 'set' }>) => ({ ...advice, do: 'config' as const });

/** Other nodes' roles are changed from the core from 2.8 on, before that on the node (facts §2.2, §2.4; H). */
function roles(version: KatoVersion, advice: Extract<Advice, { do: 'add-roles' | 'remove-roles' }>): Advised {
  const add = advice.do === 'add-roles';
  const names = namesIn(version, advice.roles);
  if (atLeast(version, '2.8')) return core('role', add ? 'add' : 'remove', '--node', advice.node, ...names);
  return node(add ? 'enable' : 'disable', ...names);
}

/** The key is known of 3.x (facts §12; H). */
function maintenance(version: KatoVersion, on: boolean): Advised {
  if (!atLeast(version, '3.0'))
    return {
      on: 'core',
      note: `Stackato ${version.text} is not known to have a maintenance mode: ask its users to make no changes`,
    };
  return core('config', 'set', 'cloud_controller_ng', 'maintenance_mode', String(on));
}
