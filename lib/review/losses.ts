import { text } from '../base/json';
import { databaseName, volumeName } from '../topology/kept';
import type { Manifest } from '../topology/manifest';
import type { Release } from '../topology/model';
import { bootsAfresh, type ClusterChange, readCluster } from './cluster/cluster';
import { rolesOnRoot } from './cluster/data';
import { isKeeper } from './cluster/keepers';
import { isCore } from './cluster/roles';
import { type Resizing, shrinkOf } from './cluster/shrink';
import { type Change, destroys, type Plan, readPlan, takesAway } from './plan/plan';
import { checkPlan } from './plan/plan-file';

/** Something that keeps data, and that a plan deletes, replaces or wipes. */
export interface Loss {
  /** Its name in a release: `data-1 volume`, `database apps`, `core`; else its Terraform address. */
  readonly name: string;
  /** Its Terraform address. */
  readonly address: string;
  /** `replaced`: by an empty one; `wiped`: the same machine with a fresh root disk; `not found`: a new one would be created. */
  readonly what: 'deleted' | 'replaced' | 'wiped' | 'not found';
  /** JSON path of the change in the plan. */
  readonly path: string;
  /** Its entry in the declaration, if there is one. */
  readonly release?: Release;
  /** Whether the release still holds when the plan is made. */
  readonly released: boolean;
  /** Whether the cloud's own protection is still on: the apply would fail halfway. */
  readonly heldByCloud: boolean;
}

/** A volume or database that a plan makes smaller in place. */
export interface Smaller extends Pick<Loss, 'name' | 'address'>, Resizing {}

/** What a plan takes away, and whether the deployed cluster was protected. */
export interface Losses {
  /** Everything that keeps data and goes, in the plan's order. */
  readonly losses: readonly Loss[];
  /** Volumes and databases that would become smaller, which every cloud refuses halfway through the apply. */
  readonly shrinks: readonly Smaller[];
  /** Protection as deployed and as planned; undefined without a manifest. */
  readonly protect: { readonly before: boolean | undefined; readonly after: boolean | undefined };
}

/**
 * Lists everything that keeps data and goes when a plan (`show -json`, parsed) is applied, whatever the cause.
 * @throws InputError when the value is not a plan
 */
export function planLosses(planJson: unknown): Losses {
  const plan = readPlan(checkPlan(planJson));
  return {
    losses: lossesOf(plan, readCluster(plan)),
    shrinks: plan.changes.flatMap((change) => smaller(change, plan)),
    protect: { before: plan.before?.protect, after: plan.after?.protect },
  };
}

/** The losses of a plan. */
export function lossesOf(plan: Plan, cluster: ClusterChange | undefined): Loss[] {
  const machines = machineLosses(cluster);
  const planned = plan.changes.flatMap((change): Loss[] => {
    if (!change.managed) return [];
    const machine = machines.get(change.address);
    const gone = takesAway(change);
    if (!(machine ?? (gone && isKeeper(change.type)))) return [];
    const what = !gone ? 'wiped' : change.kind === 'delete' ? 'deleted' : 'replaced';
    return [loss(change, machine ?? nameOf(change, plan), what, plan)];
  });
  return [...planned, ...notFound(plan, cluster)];
}

/** What the state has and the cloud does not: gone, or in another region or account, where it stays while a new one is made. */
function notFound(plan: Plan, cluster: ClusterChange | undefined): Loss[] {
  const created = new Set(plan.changes.filter(({ kind }) => kind === 'create').map(({ address }) => address));
  const core = cluster?.core?.before?.resource;
  return plan.drift
    .filter(({ managed, kind, address }) => managed && kind === 'delete' && created.has(address))
    .filter(({ type, address }) => isKeeper(type) || address === core)
    .map((change) =>
      loss(change, change.address === core ? cluster!.core!.name : nameOf(change, plan), 'not found', plan),
    );
}

function loss(change: Change, name: string, what: Loss['what'], plan: Plan): Loss {
  const { address, path } = change;
  const release = entryOf(plan.after?.releases, name) ?? entryOf(plan.after?.releases, address);
  const released = release !== undefined && holds(release, plan.timestamp);
  const heldByCloud = what !== 'not found' && isHeld(change);
  return { name, address, what, path, ...(release ? { release } : {}), released, heldByCloud };
}

/** Whether a release holds at a time; an unknown time counts as too late. */
export function holds({ until }: Release, timestamp: string | undefined): boolean {
  return timestamp !== undefined && timestamp.slice(0, 10) <= until;
}

/** Names of the machines whose data goes with them, by address: the core, and nodes with data on their root disk. */
function machineLosses(cluster: ClusterChange | undefined): ReadonlyMap<string, string> {
  const lost = new Map<string, string>();
  for (const node of cluster?.nodes ?? []) {
    const { before, change } = node;
    if (!cluster || !before || !change || !(bootsAfresh(node) || takesAway(change))) continue;
    const keeps = isCore(before, cluster.known) || rolesOnRoot(before, cluster.before!, cluster.known).length > 0;
    if (keeps) lost.set(change.address, node.name);
  }
  return lost;
}

function nameOf(change: Change, plan: Plan): string {
  for (const manifest of [plan.before, plan.after]) {
    const name = manifest && declaredName(change.address, manifest);
    if (name !== undefined) return name;
  }
  const secret = /secret/.test(change.type) ? text(change.before?.['name'])?.split('/').at(-1) : undefined;
  return secret ? `secret ${secret}` : change.address;
}

function smaller(change: Change, plan: Plan): Smaller[] {
  const shrink = change.managed ? shrinkOf(change) : undefined;
  return shrink ? [{ name: nameOf(change, plan), address: change.address, ...shrink }] : [];
}

function declaredName(address: string, { nodes, databases }: Manifest): string | undefined {
  for (const [name, { disk }] of Object.entries(nodes)) if (disk?.resource === address) return volumeName(name);
  for (const [name, { resource }] of Object.entries(databases)) if (resource === address) return databaseName(name);
  return undefined;
}

function entryOf(releases: Manifest['releases'], name: string): Release | undefined {
  return releases && Object.hasOwn(releases, name) ? releases[name] : undefined;
}

/** A destroy reads the flags before the change. */
function isHeld(change: Change): boolean {
  const flags = ['deletion_protection', 'disable_api_termination'];
  return destroys(change) && flags.some((flag) => change.before?.[flag] === true);
}
