import { didYouMean } from '../base/input';
import { firstWords, knowsAction } from '../kato/commands';
import { isKato, type RoleStep, roleSteps } from './role-steps';
import type { DeclarationRule } from './rule';

/** Rules over the steps of roles. They refuse steps that would fail at boot. */
export const bootRules: readonly DeclarationRule[] = [
  {
    id: 'step-version',
    severity: 'error',
    explain: 'A step of a role needs a kato command that the declared version does not have (facts §2; H).',
    remedy: 'Leave the step out for that version: the functions of a role receive the version.',
    check: (spec) =>
      roleSteps(spec).flatMap(({ path, role, action }) => {
        const { text } = spec.version;
        if (!knowsAction(spec.version, action.do)) {
          const message = `role ${role.name} uses ${action.do}, for which version ${text} has no command; leave that step out`;
          return [{ path, message }];
        }
        if (!isKato(action)) return [];
        const [word, known] = [String(action.words[1] ?? ''), firstWords(spec.version)];
        if (known.includes(word)) return [];
        const message = `role ${role.name} runs kato ${word}, which version ${text} does not know${didYouMean(word, known)} (known: ${known.join(', ')})`;
        return [{ path, message }];
      }),
  },
  {
    id: 'step-root',
    severity: 'error',
    explain:
      'kato runs as the user stackato, never as root (facts §2.1; H): as root it leaves files that it cannot read later.',
    remedy: "Write { do: 'run', as: 'stackato', words: [...] }, or use a built-in step of kato.",
    check: (spec) =>
      roleSteps(spec).flatMap(({ path, role, action }) =>
        isKato(action) && action.as !== 'stackato'
          ? [{ path, message: `role ${role.name} runs kato as root; write as: 'stackato'` }]
          : [],
      ),
  },
  {
    id: 'step-lost',
    severity: 'error',
    explain:
      'attach replaces the settings of the node with those of the cluster (facts §0.1-5; M): settings made before are lost.',
    remedy: 'Set it in the steps `after` or `onCore` of the role.',
    check: (spec) =>
      roleSteps(spec).flatMap(({ path, role, when, action }) =>
        action.do === 'config' && when === 'before' && path !== 'core.roles'
          ? [
              {
                path,
                message: `role ${role.name} sets ${action.component} ${action.key} before the node attaches, and attach discards it; set it in after or onCore`,
              },
            ]
          : [],
      ),
  },
  {
    id: 'step-conflict',
    severity: 'error',
    explain:
      'Two roles set the same key of the cluster’s configuration, or write the same file of a node, to different values. The last one would win, and the order is not defined.',
    remedy: 'Set it in only one place.',
    check: (spec) => {
      const own = roleSteps(spec).flatMap(written);
      const declared = Object.entries(spec.kato).flatMap(([component, keys]) =>
        Object.keys(keys).map((key) => ({ by: 'kato', thing: `${component} ${key}` })),
      );
      return own.flatMap((one, i) => {
        const first = own.slice(0, i).find((other) => other.thing === one.thing && other.place === one.place);
        const byHand = declared.some(({ thing }) => thing === one.thing);
        if (!one.custom && !first?.custom) return [];
        if (byHand) return [{ path: one.path, message: `role ${one.by} and kato both set ${one.name}; remove one` }];
        if (!first || first.value === one.value) return [];
        const two = first.by === one.by ? `twice by role ${one.by}` : `by role ${first.by} and by role ${one.by}`;
        return [{ path: one.path, message: `${one.name} is set ${two}, to different values; set it in one place` }];
      });
    },
  },
];

/** What a step sets: a configuration key of the cluster, or a file of its node. */
function written({ path, role, when, action }: RoleStep) {
  const by = { path, by: role.name, custom: role.shipped === false };
  if (action.do === 'config') {
    const thing = `${action.component} ${action.key}`;
    return [{ ...by, thing, name: thing, place: '', value: JSON.stringify([action.value, action.type]) }];
  }
  if (action.do !== 'write') return [];
  const value = JSON.stringify([action.content, action.mode ?? '644']);
  return [{ ...by, thing: action.path, name: action.path, place: when === 'onCore' ? 'core.roles' : path, value }];
}
