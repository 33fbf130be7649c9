import type { Advice } from '../../kato/advice';
import { type Capacity, gib } from '../cluster/capacity';
import { bootsAfresh, type ClusterChange, type NodeChange } from '../cluster/cluster';
import { runsApps } from '../cluster/roles';
import { code, codes, type Draft, type RemedyStep } from '../finding';
import { katoStep } from '../remedy';
import { actionsOf, type Context, type ReviewRule } from '../rule';

const wasDea = (node: NodeChange, { known }: ClusterChange) => runsApps(node.before ?? node.node, known);

/** `memory for apps 12.8 GiB → 19.2 GiB, at least 12.8 GiB meanwhile`, if it is known. */
function capacityText(capacity: Capacity | undefined): string {
  if (capacity?.before === undefined || capacity.after === undefined) return 'the memory for apps is unknown';
  const least = capacity.during === undefined ? '' : `, at least ${gib(capacity.during)} meanwhile`;
  return `memory for apps ${gib(capacity.before)} → ${gib(capacity.after)}${least}`;
}

export const deaAdded: ReviewRule = {
  id: 'dea-added',
  severity: 'capacity',
  title: 'DEAs are added',
  explain: {
    means: 'Apps get more memory. Running apps do not move; new instances prefer emptier nodes.',
    reads:
      'nodes with role dea in stackato_manifest before and after; their memory × dea_ng resources/memory_max_percent',
    todo: 'Nothing before the apply: the nodes attach by themselves. Check afterwards that each is listed.',
  },
  find(context) {
    const { cluster, capacity } = context;
    if (!cluster?.before || !cluster.after) return [];
    const added = cluster.nodes.filter((n) => n.fate === 'new' && wasDea(n, cluster));
    if (added.length === 0) return [];
    const before = cluster.nodes.filter((n) => runsApps(n.before, cluster.known)).length;
    const after = cluster.nodes.filter((n) => runsApps({ roles: n.rolesAfter }, cluster.known)).length;
    return [
      {
        subject: added.map((n) => n.name).join(','),
        statement: `DEAs ${before} → ${after}: ${codes(added.map((n) => n.name))} ${added.length === 1 ? 'is' : 'are'} new; ${capacityText(capacity)}`,
        consequences: ['running apps do not move; new app instances prefer emptier nodes'],
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

/** Commands that empty a DEA before its machine is destroyed: retire starts its apps elsewhere. (H: facts §13.4) */
export function retireSteps({ version }: ClusterChange, nodes: readonly NodeChange[]): RemedyStep[] {
  return nodes.flatMap((n): RemedyStep[] => {
    const node = n.address ?? `<address of ${n.name}>`;
    const step = (what: string, advice: Advice) => katoStep(version, { when: 'before', what, advice, node: n.name });
    return [
      step('retire the node: its apps start on other nodes, then it stops', { do: 'retire', node }),
      step('remove the node from the cluster', { do: 'remove-node', node }),
    ];
  });
}

export const deaRemoved: ReviewRule = {
  id: 'dea-removed',
  severity: 'capacity',
  title: 'DEAs are removed; others stay',
  explain: {
    means:
      'Apps on these nodes stop with them unless you retire the nodes first. If you do not remove a node from the cluster, its entry there stays and is stale.',
    reads: 'nodes with role dea in stackato_manifest before and after; what the plan does to their machines',
    todo: 'Retire each node, then remove it, then apply.',
  },
  find(context) {
    const { cluster, capacity } = context;
    if (!cluster?.after) return [];
    const removed = cluster.nodes.filter((n) => n.fate === 'gone' && wasDea(n, cluster));
    const left = cluster.nodes.filter((n) => runsApps({ roles: n.rolesAfter }, cluster.known));
    // If no DEA stays in place it is an outage, and another rule reports it.
    if (removed.length === 0 || left.every((n) => n.fate === 'new' || bootsAfresh(n))) return [];
    const before = cluster.nodes.filter((n) => runsApps(n.before, cluster.known)).length;
    const draft: Draft = {
      subject: removed.map((n) => n.name).join(','),
      statement: `DEAs ${before} → ${left.length}: ${codes(removed.map((n) => n.name))} ${removed.length === 1 ? 'is' : 'are'} removed; ${capacityText(capacity)}`,
      consequences: [
        'apps on a node that was not retired stop with it, and start elsewhere only after the health manager notices',
        ...(left.length === 1 ? [`only ${code(left[0]!.name)} is left: no redundancy for apps`] : []),
      ],
      evidence: removed.slice(0, 5).flatMap((n) => (n.change ? actionsOf(context, n.change) : [])),
      remedy: [
        ...retireSteps(cluster, removed),
        katoStep(cluster.version, {
          when: 'after',
          what: 'check that none of them is listed any more; if one is, remove its entry',
          advice: { do: 'remove-node', node: '<address>', dead: true },
        }),
      ],
      nodes: removed.map((n) => n.name),
      addresses: removed.map((n) => n.node.resource),
    };
    return [draft];
  },
};

/** Whether the cluster exists before and after the plan. */
export function goesOn(context: Context): boolean {
  return context.cluster?.before !== undefined && context.cluster.after !== undefined;
}
