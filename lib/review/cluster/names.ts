import type { Manifest } from '../../topology/manifest';
import type { Plan } from '../plan/plan';

/** The name that operators use for a resource, from the manifest. */
export interface Name {
  /** Terraform address. */
  readonly address: string;
  /** `core`, `core's volume`, `database apps`. Plain words. */
  readonly name: string;
}

/** Names of all resources in the manifests before and after; current names win. */
export function namesOf(plan: Pick<Plan, 'before' | 'after'>): Map<string, string> {
  const names = new Map<string, string>();
  for (const manifest of [plan.after, plan.before]) add(names, manifest);
  return names;
}

function add(names: Map<string, string>, manifest: Manifest | undefined): void {
  for (const [name, node] of Object.entries(manifest?.nodes ?? {})) {
    if (node.resource) names.set(node.resource, name);
    if (node.disk?.resource) names.set(node.disk.resource, `${name}'s volume`);
  }
  for (const [name, database] of Object.entries(manifest?.databases ?? {})) {
    if (database.resource) names.set(database.resource, `database ${name}`);
  }
  for (const [name, address] of Object.entries(manifest?.groups ?? {})) {
    names.set(address, `security group of ${name.replace(/^database:/, 'database ')}`);
  }
}
