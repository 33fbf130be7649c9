import { didYouMean } from '../base/input';
import { CLUSTER_CERTIFICATE, CLUSTER_KEY } from '../kato/boot';
import { hasRole } from '../kato/role';
import { ROLES } from '../kato/roles';
import type { Action, Hole, Word } from '../kato/step';
import { secretName } from './fields';
import { type RoleStep, roleSteps } from './role-steps';
import type { DeclarationRule } from './rule';
import { type ClusterSpec, everyPool } from './spec';

/** Rules over single steps of roles. They refuse steps that no boot can run. */
export const stepRules: readonly DeclarationRule[] = [
  {
    id: 'step-shape',
    severity: 'error',
    explain: 'A step of a role cannot become a line of a boot script, or the line cannot work.',
    remedy: 'Write absolute paths and modes in digits for files, and names for commands. No word may hold a zero byte.',
    check: (spec) => told(spec, ({ action }) => misshapen(action)),
  },
  {
    id: 'step-plan',
    severity: 'error',
    explain:
      'Every boot sets up the core, attaches, exchanges keys and mounts the data disk once, for any role. A role that repeats one of these stops the boot.',
    remedy: 'Leave it out. For a data disk, write diskGib of the pool.',
    check: (spec) =>
      told(spec, ({ action }) =>
        PLANNED.includes(action.do)
          ? `uses ${action.do}, which every boot already does; leave it out${action.do === 'mount' ? ', and write diskGib for the pool' : ''}`
          : undefined,
      ),
  },
  {
    id: 'step-unknown',
    severity: 'error',
    explain:
      'A step needs a role, a database or a file that no node of the declaration provides. It would wait until its timeout and fail.',
    remedy:
      'Name a declared one. Only the core shares files, in the steps `onCore`; a node can use only the databases of its own roles.',
    check: (spec) => {
      const shares = roleSteps(spec).flatMap(({ action }) => (action.do === 'share' ? [action.name] : []));
      return told(spec, (step) => missing(spec, step, [...shares, CLUSTER_KEY, CLUSTER_CERTIFICATE]));
    },
  },
  {
    id: 'step-order',
    severity: 'error',
    explain: 'A reboot ends its stage: later steps of the same stage would never run.',
    remedy:
      'Make the reboot the last step. The steps `before` of all roles of a node are one stage, and so are the steps `onCore`; the steps `after` are one stage for each role.',
    check: (spec) => {
      const all = roleSteps(spec);
      return told(
        spec,
        (step) => {
          const later = all.slice(all.indexOf(step) + 1).find(({ stage }) => stage === step.stage);
          return step.action.do === 'reboot' && later
            ? `reboots before ${later.action.do} of role ${later.role.name} in the same stage; reboot last`
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
  'keep-folders',
  'verify-kept',
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

/** The words of a step that may contain holes. */
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
    return 'has a zero byte in a word; remove it';
  const odd = words.find((part) => typeof part !== 'string' && part.hole === 'secret' && !named(part.name));
  if (odd !== undefined && typeof odd !== 'string' && odd.hole === 'secret')
    return `uses secret "${odd.name}"; write lower-case letters, digits and dashes`;
  switch (action.do) {
    case 'run':
      return parts(action.words[0] ?? '').join('') === ''
        ? 'runs a command without a name; write the program'
        : undefined;
    case 'write':
      if (!whole(action.path)) return `writes "${action.path}"; write the absolute path of a file`;
      if (action.content.includes('\0')) return `writes a zero byte to ${action.path}; write only text`;
      return /^[0-7]{3,4}$/.test(action.mode ?? '644')
        ? undefined
        : `writes ${action.path} with mode "${action.mode}"; write three or four digits, for example 644`;
    case 'share':
    case 'take': {
      if (!named(action.name))
        return `names shared files "${action.name}"; write lower-case letters, digits and dashes`;
      const file = action.do === 'share' ? action.files.find((one) => !whole(one)) : undefined;
      return file === undefined ? undefined : `shares "${file}"; write the absolute path of a file`;
    }
    case 'verify-process':
      return /^[\w.-]+$/.test(action.process)
        ? undefined
        : `checks process "${action.process}"; write its name in kato`;
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
    return `uses database "${other}", which no role of its node has${didYouMean(other, databases) || '; give it to one'}`;
  if (action.do === 'take' && !shared.includes(action.name))
    return `waits for shared files "${action.name}", which the core does not share${didYouMean(action.name, shared)}`;
  if (action.do === 'share' && step.when !== 'onCore' && step.path !== 'core.roles')
    return `shares ${action.name} from a node; only the core can share files: write it in onCore`;
  if (action.do !== 'restart' || !('role' in action)) return undefined;
  const own = everyPool(spec).flatMap(([, { roles }]) => roles.map(({ role }) => role.name));
  const known = [...ROLES.filter(({ role }) => hasRole(spec.version, role)).map(({ role }) => role.name), ...own];
  return known.includes(action.role)
    ? undefined
    : `restarts role "${action.role}", which version ${spec.version.text} does not have${didYouMean(action.role, known)}`;
}
