import type { Planned } from './heal';

/**
 * Types whose name is their identity: after a lost answer the cloud refuses to create them again, and the engine can
 * import them by what the plan already knows.
 */
const IMPORT_IDS: Readonly<Record<string, readonly string[]>> = {
  aws_db_parameter_group: ['name'],
  aws_db_subnet_group: ['name'],
  aws_iam_instance_profile: ['name'],
  aws_iam_role: ['name'],
  aws_iam_role_policy: ['role', 'name'],
  aws_placement_group: ['name'],
  aws_ssm_parameter: ['name'],
};

/** What a plan would create under a name that is its identity: address and import id. */
export function namedCreations(
  planned: readonly Planned[],
): readonly { readonly address: string; readonly id: string }[] {
  return planned.flatMap(({ address, type, made, after }) => {
    const parts = IMPORT_IDS[type]?.map((key) => after[key]);
    return made && parts?.every((part) => typeof part === 'string' && part !== '')
      ? [{ address, id: parts.join(':') }]
      : [];
  });
}
