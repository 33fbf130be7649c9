import { didYouMean } from '../base/input';
import { firstWords, knowsAction } from '../kato/commands';
import { isKato, type RoleStep, roleSteps } from './role-steps';
import type { DeclarationRule } from './rule';

/** Rules over the steps of roles: what would fail at boot is refused before. */
export const bootRules: readonly DeclarationRule[] = [
  {
    id: 'step-version',
    severity: 'error',
    explain: 'The steps of a role ask kato for something that the declared version has no command for (facts §2; H).',
    remedy: 'Leave the step out for that version: the functions of a role are given the version.',
    check: (spec) =>
      roleSteps(spec).flatMap(({ path, role, action }) => {
        const { text } = spec.version;
        if (!knowsAction(spec.version, action.do)) {
          const message = `role ${role.name} wants ${action.do}, which version ${text} has no command for; leave that step out`;
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
    explain: 'kato runs as the user stackato, never as root (facts §2.1; H): it would leave files that it cannot read.',
    remedy: "Write { do: 'run', as: 'stackato', words: [...] }, or one of the steps that kato has.",
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
      'attach replaces the settings of the node by the cluster’s (facts §0.1-5; M): what was set before is lost.',
    remedy: 'Set it in the steps `after` or `onCore` of the role.',
    check: (spec) =>
      roleSteps(spec).flatMap(({ path, role, when, action }) =>
        action.do === 'config' && when === 'before' && path !== 'core.roles'
          ? [
              {
                path,
                message: `role ${role.name} sets ${action.component} ${action.key} before the node attaches, which forgets it; set it in after or onCore`,
              },
            ]
          : [],
      ),
  },
  {
    id: 'step-conflict',
    severity: 'error',
    explain:
      'Two roles of a declaration set the same value of the cluster’s configuration, or write the same file of a node, differently: what comes last would win, and nobody knows which that is.',
    remedy: 'Set it in one place only.',
    check: (spec) => {
      const own = roleSteps(spec).flatMap(written);
      const declared = Object.entries(spec.kato).flatMap(([component, keys]) =>
        Object.keys(keys).map((key) => ({ by: 'kato', thing: `${component} ${key}` })),
      );
      return own.flatMap((one, i) => {
        const first = own.slice(0, i).find((other) => other.thing === one.thing && other.place === one.place);
        const byHand = declared.some(({ thing }) => thing === one.thing);
        if (!one.custom && !first?.custom) return [];
        if (byHand)
          return [{ path: one.path, message: `${one.name} is set by role ${one.by} and in kato; remove one` }];
        if (!first || first.value === one.value) return [];
        const two = first.by === one.by ? `twice by role ${one.by}` : `by role ${first.by} and by role ${one.by}`;
        return [{ path: one.path, message: `${one.name} is set ${two}, differently; set it in one place` }];
      });
    },
  },
];

/** What a step sets: configuration is the cluster's, a file is its node's. */
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
