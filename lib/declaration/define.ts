import { didYouMean, InputError, type Problem, zodProblems } from '../base/input';
import { hasRole, isRoleUse, type RoleUse, roleOptionNames, roleOptions } from '../kato/role';
import { CORE_ROLES, findRole, mayBePooled, poolWords, ROLE_GROUPS } from '../kato/roles';
import { type KatoVersion, parseVersion } from '../kato/version';
import { checkRules } from './rules';
import { type ClusterInput, type ClusterShape, clusterSchema, knownKeys } from './schema';
import type { ClusterSpec } from './spec';

/**
 * Checks a cluster's declaration (shape first, then meaning) and fills in its defaults.
 * @throws InputError when the declaration is wrong, with all problems of the failed pass.
 */
export function defineCluster(input: ClusterInput): ClusterSpec {
  const result = parseCluster(input);
  if ('problems' in result) throw new InputError('cluster', result.problems);
  return result.spec;
}

/** Like `defineCluster`, for any input; returns problems instead of throwing. */
export function parseCluster(
  input: unknown,
): { readonly spec: ClusterSpec } | { readonly problems: readonly Problem[] } {
  const shape = clusterSchema.safeParse(input);
  if (!shape.success) return { problems: zodProblems(shape.error, knownKeys, input) };
  const version = parseVersion(shape.data.version);
  if ('problem' in version)
    return { problems: [{ path: 'version', message: version.problem, rule: 'version-unknown' }] };
  const problems: Problem[] = [];
  const spec = resolve(shape.data, version, problems);
  problems.push(...checkRules(spec, 'error', [...problems]));
  return problems.length ? { problems } : { spec };
}

/** Warnings about a valid declaration. */
export function warnings(spec: ClusterSpec): readonly Problem[] {
  return checkRules(spec, 'warning');
}

function resolve(shape: ClusterShape, version: KatoVersion, problems: Problem[]): ClusterSpec {
  const rolesOf = (path: string, words: readonly unknown[], onCore: boolean) =>
    words.flatMap((word, i) => resolveRole(word, version, `${path}.roles[${i}]`, onCore, problems));
  return {
    ...shape,
    version,
    licenseGib: shape.licenseGib ?? (shape.license ? 20 : 4),
    core: { ...shape.core, roles: rolesOf('core', shape.core.roles, true) },
    pools: Object.fromEntries(
      Object.entries(shape.pools).map(([name, pool]) => [
        name,
        { ...pool, roles: rolesOf(`pools.${name}`, pool.roles, false) },
      ]),
    ),
  };
}

/** The roles behind a word of the declaration: one, or several for a group. */
function resolveRole(
  word: unknown,
  version: KatoVersion,
  path: string,
  onCore: boolean,
  problems: Problem[],
): RoleUse[] {
  const problem = (message: string, rule: string): RoleUse[] => {
    problems.push({ path, message, rule });
    return [];
  };
  const [name, options] = roleWord(word);
  if (typeof name !== 'string') return placed(name, version, onCore, problem);
  const group = name === 'data-services' ? ROLE_GROUPS[name] : undefined;
  if (group) {
    const given = options as Record<string, unknown>;
    const strangers = Object.keys(given).filter((key) => !group.includes(key));
    for (const key of strangers) problem(`data-services has no role "${key}"${didYouMean(key, group)}`, 'role-unknown');
    return group.flatMap((member) => resolveRole({ [member]: given[member] ?? {} }, version, path, onCore, problems));
  }
  const known = poolWords(version);
  const found = findRole(name);
  if (!found)
    return problem(
      `unknown role "${name}"${didYouMean(name, known)} (known to ${version.text}: ${known.join(', ')})`,
      'role-unknown',
    );
  const parsed = roleOptions(found.role).safeParse(options);
  if (!parsed.success) {
    for (const p of zodProblems(parsed.error, () => roleOptionNames(found.role), options)) {
      problems.push({ ...p, path: p.path ? `${path}.${name}.${p.path}` : `${path}.${name}`, rule: 'role-option' });
    }
    return [];
  }
  return placed(
    { role: found.role, ...(parsed.data.database ? { database: parsed.data.database } : {}) },
    version,
    onCore,
    problem,
  );
}

function roleWord(word: unknown): [string | RoleUse, unknown] {
  if (typeof word === 'string') return [word, {}];
  if (isRoleUse(word)) return [word, {}];
  const [name, options] = Object.entries(word as Record<string, unknown>)[0]!;
  return [name, options ?? {}];
}

function placed(
  use: RoleUse,
  version: KatoVersion,
  onCore: boolean,
  problem: (message: string, rule: string) => RoleUse[],
): RoleUse[] {
  const { role } = use;
  if (!hasRole(version, role)) {
    const when = role.until ? `before ${role.until}` : `from ${role.since} on`;
    return problem(
      `version ${version.text} has no role "${role.name}" (${when}); remove it or change the version`,
      'role-version',
    );
  }
  if (role.placement === 'implied')
    return problem(
      `every node ${role.name === 'base' ? 'has' : 'drops'} "${role.name}" automatically; remove it`,
      'role-implied',
    );
  const coreHas = CORE_ROLES.includes(role.name);
  if (onCore) return coreHas ? problem(`the core has "${role.name}" automatically; remove it`, 'role-implied') : [use];
  if (!mayBePooled(role))
    return problem(`a cluster has exactly one "${role.name}", on the core; remove it`, 'primary-one');
  return [use];
}
