import { didYouMean } from '../base/input';
import { CLUSTER_CERTIFICATE, CLUSTER_KEY } from '../kato/boot';
import { hasRole } from '../kato/role';
import { ROLES } from '../kato/roles';
import type { Action, Hole, Word } from '../kato/step';
import { secretName } from './fields';
import { type RoleStep, roleSteps } from './role-steps';
import type { DeclarationRule } from './rule';
import { type ClusterSpec, everyPool } from './spec';

/** Rules over single steps of roles: what no boot could do is refused before. */
export const stepRules: readonly DeclarationRule[] = [
  {
    id: 'step-shape',
    severity: 'error',
    explain: 'A step of a role could not be written as a line of a boot script, or the line could never work.',
    remedy: 'Files have whole paths and modes of chmod in digits; commands have a name, and no word holds a zero byte.',
    check: (spec) => told(spec, ({ action }) => misshapen(action)),
  },
  {
    id: 'step-plan',
    severity: 'error',
    explain:
      'Setting up the core, attaching, keys and the data disk are done once for each node, whatever its roles: a role that does one again stops the boot.',
    remedy: 'Leave it out. Data disks come from diskGib of the pool.',
    check: (spec) =>
      told(spec, ({ action }) =>
        PLANNED.includes(action.do)
          ? `wants ${action.do}, which every boot does by itself; leave it out${action.do === 'mount' ? ', and write diskGib for the pool' : ''}`
          : undefined,
      ),
  },
  {
    id: 'step-unknown',
    severity: 'error',
    explain:
      'A step asks for a role, a database or a file that no node of the declaration would ever find: it would wait for its whole limit, and fail.',
    remedy:
      'Name what is declared. Only the core shares files, in the steps `onCore`; a node asks for databases of its own roles.',
    check: (spec) => {
      const shares = roleSteps(spec).flatMap(({ action }) => (action.do === 'share' ? [action.name] : []));
      return told(spec, (step) => missing(spec, step, [...shares, CLUSTER_KEY, CLUSTER_CERTIFICATE]));
    },
  },
  {
    id: 'step-order',
    severity: 'error',
    explain: 'A stage that reboots is done then: what comes after the reboot in the same stage would never be done.',
    remedy:
      'Make the reboot the last step. The steps `before` and `onCore` of all roles of a node are one stage each, `after` is one for each role.',
    check: (spec) => {
      const all = roleSteps(spec);
      return told(
        spec,
        (step) => {
          const later = all.slice(all.indexOf(step) + 1).find(({ stage }) => stage === step.stage);
          return step.action.do === 'reboot' && later
            ? `reboots, and ${later.action.do} of role ${later.role.name} comes after it in the same stage; reboot last`
            : undefined;
        },
        all,
      );
    },
  },
];

const PLANNED: readonly Action['do'][] = [
  'setup-core',
  'attach',
  'mount',
  'make-key',
  'trust-key',
  'setup-load-balancer',
];

function told(
  spec: ClusterSpec,
  wrong: (step: RoleStep) => string | undefined,
  steps: readonly RoleStep[] = roleSteps(spec),
) {
  return steps.flatMap((step) => {
    const message = wrong(step);
    return message === undefined ? [] : [{ path: step.path, message: `role ${step.role.name} ${message}` }];
  });
}

const parts = (word: Word): readonly (string | Hole)[] =>
  typeof word === 'string' ? [word] : 'hole' in word ? [word] : word;

/** The words of a step that holes may stand in. */
function wordsOf(action: Action): readonly Word[] {
  if (action.do === 'run') return action.words;
  if (action.do === 'config') return [action.component, action.key, action.value];
  if (action.do === 'availability-zone') return [action.zone];
  return [];
}

const whole = (path: string) => /^(\/[^/\0\n]+)+$/.test(path);

function misshapen(action: Action): string | undefined {
  const words = wordsOf(action).flatMap(parts);
  if (words.some((part) => typeof part === 'string' && part.includes('\0')))
    return 'has a zero byte in a word, which no program can be given';
  const odd = words.find((part) => typeof part !== 'string' && part.hole === 'secret' && !named(part.name));
  if (odd !== undefined && typeof odd !== 'string' && odd.hole === 'secret')
    return `asks for secret "${odd.name}"; its name must be lower-case letters, digits and dashes`;
  switch (action.do) {
    case 'run':
      return parts(action.words[0] ?? '').join('') === ''
        ? 'runs a command without a name; write the program'
        : undefined;
    case 'write':
      if (!whole(action.path)) return `writes "${action.path}"; write the whole path of a file, from / on`;
      if (action.content.includes('\0')) return `writes a zero byte into ${action.path}; only text can be written`;
      return /^[0-7]{3,4}$/.test(action.mode ?? '644')
        ? undefined
        : `writes ${action.path} with mode "${action.mode}"; write three or four digits, for example 644`;
    case 'share':
    case 'take': {
      if (!named(action.name))
        return `names shared files "${action.name}"; write lower-case letters, digits and dashes`;
      const file = action.do === 'share' ? action.files.find((one) => !whole(one)) : undefined;
      return file === undefined ? undefined : `shares "${file}"; write the whole path of a file, from / on`;
    }
    case 'verify-process':
      return /^[\w.-]+$/.test(action.process)
        ? undefined
        : `looks at process "${action.process}"; write its name in kato`;
    default:
      return undefined;
  }
}

const named = (name: string) => secretName.safeParse(name).success;

function missing(spec: ClusterSpec, step: RoleStep, shared: readonly string[]): string | undefined {
  const { action, databases } = step;
  const asked = [
    ...(action.do === 'wait-database' ? [action.name] : []),
    ...wordsOf(action)
      .flatMap(parts)
      .flatMap((part) => (typeof part !== 'string' && part.hole === 'database' ? [part.name] : [])),
  ];
  const other = asked.find((name) => !databases.includes(name));
  if (other !== undefined)
    return `asks for database "${other}", which no role of its node uses${didYouMean(other, databases) || '; give it to one'}`;
  if (action.do === 'take' && !shared.includes(action.name))
    return `waits for shared files "${action.name}", which the core does not share${didYouMean(action.name, shared)}`;
  if (action.do === 'share' && step.when !== 'onCore' && step.path !== 'core.roles')
    return `shares ${action.name} from a node; only the core shares: do it in onCore`;
  if (action.do !== 'restart' || !('role' in action)) return undefined;
  const own = everyPool(spec).flatMap(([, { roles }]) => roles.map(({ role }) => role.name));
  const known = [...ROLES.filter(({ role }) => hasRole(spec.version, role)).map(({ role }) => role.name), ...own];
  return known.includes(action.role)
    ? undefined
    : `restarts role "${action.role}", which version ${spec.version.text} does not have${didYouMean(action.role, known)}`;
}
