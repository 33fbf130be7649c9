import { count } from '../../base/input';
import { byName, isObject } from '../../base/json';
import type { Audience } from '../../kato/facts';
import type { Manifest } from '../../topology/manifest';
import type { ClusterChange, NodeChange } from '../cluster/cluster';
import { ESTIMATES } from '../cluster/estimates';
import { byAudience, isCore, isDea, type KnownRoles, keepsData, runsApps, soleRoles } from '../cluster/roles';
import { code, codes, type Draft, type Impact, type RemedyStep, words } from '../finding';
import { nodeBefore } from '../plan/renames';
import { copyOff, katoStep } from '../remedy';
import { actionsOf, type ReviewRule } from '../rule';
import { goesOn } from './deas';

/** Secrets that the configuration names. An operator must create them. */
function namedSecrets(manifest: Manifest): string[] {
  const names = Object.values(manifest.config).flatMap((keys) =>
    Object.values(keys).flatMap((value) =>
      isObject(value) && typeof value['secret'] === 'string' ? [value['secret']] : [],
    ),
  );
  return [...new Set(names)].sort();
}

export const firstDeployment: ReviewRule = {
  id: 'first-deployment',
  severity: 'info',
  title: 'A new cluster',
  explain: {
    means: 'The cluster does not exist yet. The plan creates it and disturbs nothing.',
    reads: 'stackato_manifest is absent before the plan, and none of its nodes and databases exists',
    todo: 'Create the secrets that the declaration names, then apply.',
  },
  find({ plan, cluster }) {
    if (!cluster?.after || cluster.before) return [];
    const manifest = cluster.after;
    const names = Object.keys(manifest.nodes).sort(byName);
    const databases = Object.keys(manifest.databases).sort(byName);
    const volumes = Object.values(manifest.nodes).filter((n) => n.disk).length;
    const secrets = namedSecrets(manifest);
    const parts = [
      `${count(names.length, 'node')} (${codes(names)})`,
      ...(databases.length ? [`${count(databases.length, 'database')} (${codes(databases)})`] : []),
      ...(volumes ? [count(volumes, 'data volume')] : []),
    ];
    return [
      {
        subject: manifest.cluster || 'cluster',
        statement: `new cluster ${code(manifest.cluster)}, Stackato ${words(manifest.version)}, ${code(manifest.hostname)}: ${parts.join(', ')}`,
        evidence: [{ path: `${plan.beforePath}`, value: 'null' }],
        remedy: [
          ...(secrets.length
            ? [{ when: 'before' as const, text: `create the secrets that the declaration names: ${codes(secrets)}` }]
            : []),
          katoStep(cluster.version, {
            when: 'after',
            what: 'check that every node is listed',
            advice: { do: 'list-nodes' },
          }),
          {
            when: 'after',
            text: `point ${code(`api.${manifest.hostname}`)} and ${code(`*.${manifest.hostname}`)} at the routers in DNS`,
          },
        ],
        nodes: names,
        addresses: [],
      },
    ];
  },
};

export const clusterDestroyed: ReviewRule = {
  id: 'cluster-destroyed',
  severity: 'outage',
  title: 'The whole cluster is destroyed',
  explain: {
    means: 'Every node is destroyed. Other findings say what happens to the data.',
    reads: 'stackato_manifest exists before the plan and not after it',
    todo: 'Export the data first. Check that this is the right cluster.',
  },
  find(context) {
    const { plan, cluster } = context;
    if (!cluster?.before || cluster.after) return [];
    const gone = cluster.nodes.filter((n) => n.fate === 'gone');
    if (gone.length === 0) return [];
    const all = gone.length === cluster.nodes.length;
    return [
      {
        subject: cluster.before.cluster || 'cluster',
        statement: `cluster ${code(cluster.before.cluster)} is destroyed: ${all ? `all ${count(gone.length, 'node')}` : `${gone.length} of ${cluster.nodes.length} nodes`} (${codes(gone.map((n) => n.name))})`,
        evidence: [
          { path: plan.afterPath, value: 'null' },
          ...gone.slice(0, 3).flatMap((n) => (n.change ? actionsOf(context, n.change) : [])),
        ],
        remedy: [
          katoStep(cluster.version, {
            when: 'before',
            what: 'export all data, and copy the file off the cluster',
            advice: { do: 'export', file: 'last.tgz' },
          }),
          ...gone.flatMap((n) => copyOff(cluster, n.name, keptRoles(n, cluster))),
        ],
        nodes: gone.map((n) => n.name),
        addresses: gone.map((n) => n.node.resource),
        impacts: [
          { who: 'apps on DEAs', what: 'gone', howLong: 'for good' },
          { who: 'deploys, API, console', what: 'gone', howLong: 'for good' },
        ],
      },
    ];
  },
};

const UNTIL = 'until a node has the role again';

function roleImpact(role: string, known: KnownRoles): Impact {
  const { serves } = known.of(role);
  const what: Readonly<Record<Audience, string>> = {
    'apps on DEAs': isDea(role, known) ? 'all down' : `no node runs ${code(role)}`,
    'app traffic': `no node runs ${code(role)}`,
    'deploys, API, console': 'down',
    'data services': `${code(role)}: gone`,
    'other nodes': `no node runs ${code(role)}`,
  };
  return { who: serves, what: what[serves], howLong: UNTIL };
}

function removeStep({ version }: ClusterChange, node: NodeChange): RemedyStep {
  return katoStep(version, {
    when: 'before',
    what: `remove ${code(node.name)} from the cluster`,
    advice: { do: 'remove-node', node: node.address ?? `<address of ${node.name}>` },
  });
}

/** Roles of a node whose data goes with the node and its disk. */
const keptRoles = ({ before }: NodeChange, { known }: ClusterChange) =>
  (before?.roles ?? []).filter((role) => keepsData(known.of(role), isCore(before, known)));

function saveSteps(cluster: ClusterChange, node: NodeChange, roles: readonly string[]): RemedyStep[] {
  const kept = keptRoles(node, cluster).filter((role) => roles.includes(role));
  const covered = roles.some((role) => cluster.known.exports(role));
  return [
    ...(covered ? [{ when: 'before' as const, text: 'export its data, or move its services to another node' }] : []),
    ...copyOff(cluster, node.name, kept),
  ];
}

export const roleGone: ReviewRule = {
  id: 'role-gone',
  severity: 'outage',
  title: 'The last node of a role is removed',
  explain: {
    means: 'No node runs the role any more. If it is a data service, every app bound to it loses it.',
    reads:
      'roles of all nodes before the plan and of those that run after it (a machine that stays keeps the roles it booted with)',
    todo: 'Keep a node with the role. Or unbind and delete its services first.',
  },
  find(context) {
    const { cluster, plan } = context;
    if (!cluster || !goesOn(context)) return [];
    const sole = (role: string) => soleRoles([role], cluster.known).length > 0;
    const rolesBefore = new Set(Object.values(cluster.before!.nodes).flatMap((n) => n.roles));
    const rolesAfter = new Set(cluster.nodes.flatMap((n) => n.rolesAfter));
    return [...rolesBefore]
      .filter((role) => !rolesAfter.has(role) && cluster.known.of(role).placement !== 'implied')
      .sort()
      .map((role): Draft => {
        const hit = cluster.nodes.filter((n) => n.before?.roles.includes(role));
        const names = hit.map((n) => n.name);
        return {
          subject: role,
          statement: `no node keeps role ${code(role)}; it ran on ${codes(names)}`,
          consequences: sole(role) ? [`every app bound to a service of ${code(role)} loses it`] : [],
          evidence: [
            { path: `${nodeBefore(plan, names[0]!)}.roles`, value: context.redactor.show(hit[0]!.before!.roles) },
            ...hit.slice(0, 3).flatMap((n) => (n.change ? actionsOf(context, n.change) : [])),
          ],
          remedy: sole(role)
            ? [{ when: 'before', text: 'unbind and delete its services, or move their data to another node' }]
            : [{ when: 'instead', text: `keep a node with role ${code(role)}` }],
          nodes: names,
          addresses: hit.map((n) => n.node.resource),
          impacts: [roleImpact(role, cluster.known)],
        };
      });
  },
};

export const dataNodeRemoved: ReviewRule = {
  id: 'data-node-removed',
  severity: 'outage',
  title: 'A node without a stand-in is removed; others with its roles stay',
  explain: {
    means:
      'The services created on that node are gone: data services have no redundancy, and other nodes with the role do not know them.',
    reads: 'nodes with roles that no other node takes over, before and after; what the plan does to their machines',
    todo: 'Move or delete the services on it first, then remove the node from the cluster.',
  },
  find(context) {
    const { cluster } = context;
    if (!cluster || !goesOn(context)) return [];
    const rolesAfter = new Set(cluster.nodes.flatMap((n) => n.rolesAfter));
    return cluster.nodes.flatMap((node): Draft[] => {
      const roles = soleRoles(node.before?.roles ?? [], cluster.known).filter((role) => rolesAfter.has(role));
      if (node.fate !== 'gone' || roles.length === 0) return [];
      return [
        {
          subject: node.name,
          statement: `${code(node.name)} is removed: the services that ${codes(roles)} created on it are gone`,
          evidence: node.change ? actionsOf(context, node.change) : [],
          remedy: [...saveSteps(cluster, node, roles), removeStep(cluster, node)],
          safer: renamedInstead(cluster, node),
          nodes: [node.name],
          addresses: [node.node.resource],
          impacts: byAudience(roles, cluster.known).map(([who, theirs]) => ({
            who,
            what: `${codes(theirs)} on ${code(node.name)}: gone`,
            howLong: ESTIMATES.restore,
          })),
        },
      ];
    });
  },
};

/** How to rename a pool, if a new pool has the roles of a removed node. */
function renamedInstead({ nodes }: ClusterChange, { node }: NodeChange): string | undefined {
  const pools = nodes.filter((n) => n.fate === 'new' && n.node.pool !== node.pool);
  const same = pools.find((n) => n.node.roles.join() === node.roles.join());
  if (!same) return undefined;
  const [now, was] = [same.node.pool, node.pool];
  return `if ${code(now)} is the pool ${code(was)} under a new name, write ${code(`was: ${was}`)} for it: its nodes and volumes then stay`;
}

export const nodeRemoved: ReviewRule = {
  id: 'node-removed',
  severity: 'capacity',
  title: 'A router or controller is removed; others stay',
  explain: {
    means: 'Other nodes take over. If you do not remove the node from the cluster, its entry there stays and is stale.',
    reads: 'nodes, except DEAs, whose roles others take over, before and after; what the plan does to their machines',
    todo: 'Remove the node from the cluster on the core, then apply.',
  },
  find(context) {
    const { cluster } = context;
    if (!cluster || !goesOn(context)) return [];
    const nodes = cluster.nodes.filter((n) => {
      const { known } = cluster;
      if (n.fate !== 'gone' || runsApps(n.before, known) || isCore(n.before, known)) return false;
      return soleRoles(n.before?.roles ?? [], known).length === 0;
    });
    if (nodes.length === 0) return [];
    return [
      {
        subject: nodes.map((n) => n.name).join(','),
        statement: `${codes(nodes.map((n) => n.name))} ${nodes.length === 1 ? 'is' : 'are'} removed`,
        evidence: nodes.slice(0, 5).flatMap((n) => (n.change ? actionsOf(context, n.change) : [])),
        remedy: nodes.map((n) => removeStep(cluster, n)),
        nodes: nodes.map((n) => n.name),
        addresses: nodes.map((n) => n.node.resource),
      },
    ];
  },
};
