import type { Action, Hole, KatoAction, Word } from './step';
import { atLeast, type KatoVersion } from './version';

const CORE: Hole = { hole: 'core.address' };

/**
 * Roles by the names that a version has for them. Before 2.10.4, `cloud_controller` and `health_manager` were what
 * `primary` and `controller` are since (facts §1.1, §9.1; H).
 */
export function namesIn(version: KatoVersion, roles: readonly string[]): readonly string[] {
  if (atLeast(version, '2.10.4')) return roles;
  return [...new Set(roles.flatMap((role) => (Object.hasOwn(FORMER, role) ? FORMER[role]! : [role])))];
}

const FORMER: Readonly<Record<string, readonly string[]>> = {
  primary: ['cloud_controller', 'health_manager'],
  controller: ['cloud_controller'],
};

/** The words after `kato` for the action in that version; throws a plain Error if the version has no command for it. */
export function katoWords(version: KatoVersion, action: KatoAction): readonly Word[] {
  return atLeast(version, '2.8') ? nounWords(version, action) : verbWords(version, action);
}

/** The grammar of 2.8 and later: noun, then verb (facts §2.2–2.5; H). */
function nounWords(version: KatoVersion, action: KatoAction): readonly Word[] {
  switch (action.do) {
    case 'ready':
      return ['process', 'ready', 'all'];
    case 'rename':
      return ['node', 'rename', action.hostname, '--no-restart'];
    case 'setup-core':
      return ['node', 'setup', 'core', `api.${action.hostname}`];
    case 'attach':
      return ['node', 'attach', ...enabled(version, action.roles), CORE];
    case 'role-add':
      return ['role', 'add', ...namesIn(version, action.roles)];
    case 'role-remove':
      return ['role', 'remove', ...namesIn(version, [action.role])];
    case 'config':
      return action.type === 'string' && readsAsText(action.value)
        ? ['config', 'set', action.component, action.key, action.value]
        : ['config', 'set', '--json', action.component, action.key, jsonOf(action)];
    case 'restart':
      if ('role' in action) return ['restart', ...namesIn(version, [action.role])];
      return atLeast(version, '3.0') ? ['process', 'restart', action.process] : ['restart', action.process];
    case 'stop':
    case 'start':
      return [action.do];
    case 'relocate':
      return ['relocate', action.what, action.directory];
    case 'license-set':
      return ['license', 'set', action.license];
    case 'license-enable':
      return ['license', 'enable'];
    case 'first-user':
      return atLeast(version, '3.0')
        ? [
            'node',
            'setup',
            'firstuser',
            '-p',
            action.password,
            '-u',
            action.email,
            ...space(action),
            action.email,
            action.organization,
          ]
        : ['node', 'setup', 'firstuser', action.email, '-p', action.password];
    case 'availability-zone':
      return ['node', 'availabilityzone', action.zone];
    case 'placement-zone':
      return ['node', 'placementzones', 'add', action.zone];
    case 'setup-load-balancer':
      return ['node', 'setup', 'load_balancer', '--force'];
  }
}

/** The option that gives roles to a node that attaches. */
export const enabled = (version: KatoVersion, roles: readonly string[]): readonly string[] =>
  roles.length > 0 ? ['-e', namesIn(version, roles).join(',')] : [];

const space = (action: Extract<KatoAction, { do: 'first-user' }>) => (action.space ? ['-s', action.space] : []);

/** The grammar of 2.2 to 2.6: verb first (facts §2.2 and the deployment of January 2013; H). */
function verbWords(version: KatoVersion, action: KatoAction): readonly Word[] {
  switch (action.do) {
    case 'ready':
      return ['ready'];
    case 'rename':
      return ['rename', action.hostname];
    case 'setup-core':
      return ['setup', 'core', `api.${action.hostname}`];
    case 'attach':
      return ['attach', ...enabled(version, action.roles), CORE];
    case 'role-add':
      return ['enable', ...namesIn(version, action.roles)];
    case 'role-remove':
      return ['disable', ...namesIn(version, [action.role])];
    case 'config':
      return ['config', '--json', action.component, action.key, jsonOf(action)];
    case 'restart':
      return ['restart', ...('role' in action ? namesIn(version, [action.role]) : [action.process])];
    case 'stop':
    case 'start':
      return [action.do];
    case 'relocate':
      return ['relocate', action.what, action.directory];
    default:
      throw new Error(`kato ${version.text} has no command for ${action.do}`);
  }
}

/** Whether the version has a command for it (facts §2.2–2.5; H); actions of the system need none. */
export function knowsAction(version: KatoVersion, action: Action['do']): boolean {
  switch (action) {
    case 'first-user':
      return atLeast(version, '2.10');
    case 'license-set':
    case 'license-enable':
      return atLeast(version, '3.4');
    case 'availability-zone':
    case 'placement-zone':
      return atLeast(version, '3.2');
    case 'setup-load-balancer':
      return atLeast(version, '3.0');
    case 'relocate':
      return atLeast(version, '2.4');
    default:
      return true;
  }
}

/** First words after `kato`, by the versions that have them (facts §2.2–2.7; H, of `admin` M). */
const FIRST_WORDS: readonly (readonly [words: string, since?: string, until?: string])[] = [
  ['info start stop restart status config inspect report shell version debug'],
  ['attach setup rename enable disable ready tail remove migrate export import', '2.2', '2.8'],
  ['relocate op', '2.4'],
  ['history', '2.6'],
  ['drain', '2.6', '2.8'],
  ['node role process data log', '2.8'],
  ['patch', '2.10.6'],
  ['license', '3.4'],
  ['admin', '2.2', '3.0'],
];

/** The words that may follow `kato` in that version. */
export function firstWords(version: KatoVersion): readonly string[] {
  return FIRST_WORDS.filter(
    ([, since, until]) => (!since || atLeast(version, since)) && (!until || !atLeast(version, until)),
  ).flatMap(([words]) => words.split(' '));
}

const jsonOf = ({ type, value }: Extract<KatoAction, { do: 'config' }>): Word =>
  type === 'json' ? value : inQuotes(value);

function inQuotes(word: Word): Word {
  if (typeof word === 'string') return JSON.stringify(word);
  const inner = (part: string | Hole): string | Hole => {
    if (typeof part === 'string') return JSON.stringify(part).slice(1, -1);
    return isSecret(part) ? { ...part, inText: true } : part;
  };
  return ['"', ...('hole' in word ? [word] : word).map(inner), '"'];
}

/**
 * Whether kato reads a bare value as text, and not as a number, a switch, a list or an option (facts §2.5; H, of numbers
 * L). The first character of a secret is unknown.
 */
function readsAsText(word: Word): boolean {
  const parts = typeof word === 'string' ? [word] : 'hole' in word ? [word] : word;
  if (parts.some((part) => typeof part !== 'string' && isSecret(part))) return false;
  const [first = ''] = parts;
  if (typeof first !== 'string') return true;
  const whole = parts.length === 1;
  return !/^$|^[\s\-[{"'~]|\s$/.test(first) && !(whole && /^(true|false|null|[\d.]+)$/.test(first));
}

type InText = Extract<Hole, { hole: 'secret' | 'database' }>;
const isSecret = (hole: Hole): hole is InText =>
  hole.hole === 'secret' || (hole.hole === 'database' && hole.attribute === 'password');
