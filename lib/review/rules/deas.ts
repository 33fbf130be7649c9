import type { Advice } from '../../kato/advice';
import { type Capacity, gib } from '../cluster/capacity';
import { bootsAfresh, type ClusterChange, type NodeChange } from '../cluster/cluster';
import { runsApps } from '../cluster/roles';
import { code, codes, type Draft, type RemedyStep } from '../finding';
import { katoStep } from '../remedy';
import { actionsOf, type Context, type ReviewRule } from '../rule';

const isDea = (node: NodeChange, { known }: ClusterChange) => runsApps(node.before ?? node.node, known);

/** `app memory 12.8 → 19.2 GiB, never below 12.8 GiB meanwhile`, as far as it is known. */
function capacityText(capacity: Capacity | undefined): string {
  if (capacity?.before === undefined || capacity.after === undefined)
    return 'the memory of their machines is not known here';
  const least = capacity.during === undefined ? '' : `, at least ${gib(capacity.during)} meanwhile`;
  return `memory for apps ${gib(capacity.before)} → ${gib(capacity.after)}${least}`;
}

export const deaAdded: ReviewRule = {
  id: 'dea-added',
  severity: 'capacity',
  title: 'DEAs are added',
  explain: {
    means: 'More memory for apps. Running apps are not moved; new instances prefer emptier nodes.',
    reads:
      'nodes with role dea in stackato_manifest before and after; their memory × dea_ng resources/memory_max_percent',
    todo: 'Nothing: the nodes attach by themselves. Check afterwards that each is listed.',
  },
  find(context) {
    const { cluster, capacity } = context;
    if (!cluster?.before || !cluster.after) return [];
    const added = cluster.nodes.filter((n) => n.fate === 'new' && isDea(n, cluster));
    if (added.length === 0) return [];
    const before = cluster.nodes.filter((n) => runsApps(n.before, cluster.known)).length;
    const after = cluster.nodes.filter((n) => runsApps({ roles: n.rolesAfter }, cluster.known)).length;
    return [
      {
        subject: added.map((n) => n.name).join(','),
        statement: `DEAs ${before} → ${after}: ${codes(added.map((n) => n.name))} ${added.length === 1 ? 'is' : 'are'} new; ${capacityText(capacity)}`,
        consequences: ['running apps are not moved; new app instances prefer emptier nodes'],
        evidence: added.slice(0, 5).flatMap((n) => (n.change ? actionsOf(context, n.change) : [])),
        remedy: [
          katoStep(cluster.version, {
            when: 'after',
            what: 'check that every new node is listed with role dea',
            advice: { do: 'list-nodes' },
          }),
          katoStep(cluster.version, { when: 'after', what: 'check that its roles run', advice: { do: 'list-roles' } }),
        ],
        nodes: added.map((n) => n.name),
        addresses: added.map((n) => n.node.resource),
      },
    ];
  },
};

/** Commands that empty a DEA before its machine goes: retire starts its apps elsewhere. (H: facts §13.4) */
export function retireSteps({ version }: ClusterChange, nodes: readonly NodeChange[]): RemedyStep[] {
  return nodes.flatMap((n): RemedyStep[] => {
    const node = n.address ?? `<address of ${n.name}>`;
    const step = (what: string, advice: Advice) => katoStep(version, { when: 'before', what, advice, node: n.name });
    return [
      step('start its apps elsewhere, then stop it', { do: 'retire', node }),
      step('take it out of the cluster', { do: 'remove-node', node }),
    ];
  });
}

export const deaRemoved: ReviewRule = {
  id: 'dea-removed',
  severity: 'capacity',
  title: 'DEAs are removed, others stay',
  explain: {
    means:
      'Apps on these nodes die with them unless the nodes are retired first; a node that is not removed from the cluster leaves a stale entry there.',
    reads: 'nodes with role dea in stackato_manifest before and after, and what the plan does to their machines',
    todo: 'Retire each node, then remove it, then apply.',
  },
  find(context) {
    const { cluster, capacity } = context;
    if (!cluster?.after) return [];
    const removed = cluster.nodes.filter((n) => n.fate === 'gone' && isDea(n, cluster));
    const left = cluster.nodes.filter((n) => runsApps({ roles: n.rolesAfter }, cluster.known));
    // Where nobody stays in place it is an outage, and another rule says so.
    if (removed.length === 0 || left.every((n) => n.fate === 'new' || bootsAfresh(n))) return [];
    const before = cluster.nodes.filter((n) => runsApps(n.before, cluster.known)).length;
    const draft: Draft = {
      subject: removed.map((n) => n.name).join(','),
      statement: `DEAs ${before} → ${left.length}: ${codes(removed.map((n) => n.name))} ${removed.length === 1 ? 'goes' : 'go'}; ${capacityText(capacity)}`,
      consequences: [
        'apps on a node that was not retired stop with it and start elsewhere only once the health manager sees it',
        ...(left.length === 1 ? [`only ${code(left[0]!.name)} is left: no redundancy for apps`] : []),
      ],
      evidence: removed.slice(0, 5).flatMap((n) => (n.change ? actionsOf(context, n.change) : [])),
      remedy: [
        ...retireSteps(cluster, removed),
        katoStep(cluster.version, {
          when: 'after',
          what: 'check that no entry of them is left; if one is',
          advice: { do: 'remove-node', node: '<address>', dead: true },
        }),
      ],
      nodes: removed.map((n) => n.name),
      addresses: removed.map((n) => n.node.resource),
    };
    return [draft];
  },
};

/** Whether the context has a cluster that existed before and goes on. */
export function goesOn(context: Context): boolean {
  return context.cluster?.before !== undefined && context.cluster.after !== undefined;
}
