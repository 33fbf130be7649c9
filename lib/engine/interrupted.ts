import { ToolError } from '../base/input';
import type { EnginePlan } from './run';
import type { StackRun } from './stack-run';

interface PlannedResource {
  readonly address: string;
  readonly action_reason?: string;
}

/**
 * Repairs protected resources whose creation was interrupted: Terraform marks them for replacement, their protection
 * forbids it, and every plan fails. Removes the mark; if the cloud has such a resource only in part, the next plan shows
 * the rest as a change. Returns the addresses.
 * @throws ToolError when the engine cannot change the state
 */
export async function keepInterrupted(
  stack: StackRun,
  plan: Pick<EnginePlan, 'json' | 'diagnostics'>,
): Promise<string[]> {
  const addresses = interrupted(plan);
  const { engine, dir, env, signal } = stack;
  for (const address of addresses) {
    const ended = await engine.run(dir, ['untaint', '-lock-timeout=30s', address], { env, signal });
    if (ended.code !== 0)
      throw new ToolError(`the state cannot be changed to keep ${address}`, stack.next, ended.stderr);
  }
  return addresses;
}

/** Protected addresses that a failed plan would replace only because their creation was interrupted. */
export function interrupted(plan: Pick<EnginePlan, 'json' | 'diagnostics'>): string[] {
  const protectedOnes = plan.diagnostics.filter((d) => /prevent_destroy/.test(`${d.summary}\n${d.detail}`));
  const said = protectedOnes.map((d) => `${d.address ?? ''}\n${d.detail}`);
  const resources = (plan.json['resource_changes'] ?? []) as readonly PlannedResource[];
  return resources
    .filter((resource) => resource.action_reason === 'replace_because_tainted')
    .map((resource) => resource.address)
    .filter((address) => said.some((text) => text.split(/\s+/).includes(address)));
}
