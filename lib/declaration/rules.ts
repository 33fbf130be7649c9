import type { Problem } from '../base/input';
import type { DeclarationRule } from './rule';
import { bootRules } from './rules-boot';
import { cloudRules } from './rules-clouds';
import { clusterRules } from './rules-cluster';
import { databaseRules } from './rules-databases';
import { poolRules } from './rules-pools';
import { renameRules } from './rules-renames';
import { settingsRules } from './rules-settings';
import { stepRules } from './rules-steps';
import type { ClusterSpec } from './spec';

/** Every rule over meaning. The schema checks shape; role words are resolved before (`role-unknown`, `role-version` …). */
export const specRules: readonly DeclarationRule[] = [
  ...clusterRules,
  ...poolRules,
  ...databaseRules,
  ...renameRules,
  ...bootRules,
  ...stepRules,
  ...cloudRules,
  ...settingsRules,
];

/** Problems of a declaration with a valid shape: errors or warnings; `wrongRoles` are those that its roles already have. */
export function checkRules(
  spec: ClusterSpec,
  severity: DeclarationRule['severity'],
  wrongRoles: readonly Problem[] = [],
): Problem[] {
  const wrong = wrongRoles.flatMap(({ path }) => /^(.*)\.roles\[/.exec(path)?.[1] ?? []);
  return specRules
    .filter((r) => r.severity === severity)
    .flatMap((rule) =>
      rule
        .check(spec)
        .filter(({ path }) => !rule.lacks || !wrong.some((pool) => path.startsWith(`${pool}.`)))
        .map((p) => ({ ...p, rule: rule.id })),
    );
}

/** Problems of one cloud's settings that do not come from the declaration. */
export function settingsProblems(spec: ClusterSpec, cloud: keyof ClusterSpec['clouds']): Problem[] {
  const only = { ...spec, clouds: { [cloud]: spec.clouds[cloud] } };
  return [...cloudRules, ...settingsRules].flatMap((rule) => rule.check(only).map((p) => ({ ...p, rule: rule.id })));
}
