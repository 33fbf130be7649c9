import { list, object } from '../../base/json';
import { typedWord } from '../../base/shell';
import { advise } from '../../kato/advice';
import type { KatoVersion } from '../../kato/version';
import type { ManifestNode } from '../../topology/manifest';
import { bootsAfresh, type ClusterChange, type NodeChange, undisturbed } from '../cluster/cluster';
import { dataOf, rolesOnRoot } from '../cluster/data';
import { ESTIMATES } from '../cluster/estimates';
import { byAudience, isCore, isDea, keepsData, runsApps, soleRoles, whatIsDown } from '../cluster/roles';
import { lostRoles, sharedRoles, type Weight, weightOf } from '../cluster/weight';
import { code, codes, type Draft, type Impact, type RemedyStep } from '../finding';
import type { Change } from '../plan/plan';
import { nodeBefore } from '../plan/renames';
import { copyOff, type KatoStep, katoStep, notExported } from '../remedy';
import { actionsOf, type Context, type ReviewRule, was } from '../rule';
import { goesOn, retireSteps } from './deas';

function freshNodes(context: Context, weight: Weight): NodeChange[] {
  const { cluster } = context;
  if (!cluster?.after) return [];
  return cluster.nodes.filter((n) => bootsAfresh(n) && n.before && weightOf(n, cluster) === weight);
}

/** Whether the root disk survives its machine: it then stays in the account, detached. */
function rootDiskStays(change: Change): boolean {
  return object(list(change.before?.['root_block_device'])[0])['delete_on_termination'] === false;
}

export const nodeDataLost: ReviewRule = {
  id: 'node-data-lost',
  severity: 'data-loss',
  title: 'A node loses its root disk and the data on it',
  explain: {
    means:
      'The root disk is deleted with the machine. The data of every role that has neither its own volume nor an external database is lost.',
    reads: 'roles and disk of the node in stackato_manifest before the plan; what the plan does to its machine',
    todo: 'Give the node a volume first, move the data to it, then change the machine. Or save the data before and bring it back after; the steps say how.',
  },
  find(context) {
    const { cluster } = context;
    if (!cluster?.before) return [];
    const { before } = cluster;
    return cluster.nodes.flatMap((node): Draft[] => {
      if (!node.before || !node.change || !(bootsAfresh(node) || node.fate === 'gone')) return [];
      if (node.fate !== 'rebuilt' && rootDiskStays(node.change)) return [];
      const roles = rolesOnRoot(node.before, before, cluster.known);
      if (roles.length === 0) return [];
      const verb = { replaced: 'is replaced', rebuilt: 'is rebuilt', gone: 'is destroyed' }[
        node.fate as 'replaced' | 'rebuilt' | 'gone'
      ];
      const ofCore = isCore(node.before, cluster.known);
      return [
        {
          subject: node.name,
          statement: `${code(node.name)} ${verb}: its root disk is lost, and with it: ${dataOf(roles, cluster.known)}`,
          consequences: [lostBecause(cluster, roles)],
          evidence: [
            ...actionsOf(context, node.change),
            {
              path: `${nodeBefore(context.plan, node.name)}.disk`,
              value: node.before.disk ? context.redactor.show(node.before.disk.keeps) : 'absent',
            },
            ...('root_block_device' in (node.change.before ?? {})
              ? [was(context, node.change, 'root_block_device')]
              : []),
          ],
          remedy: saveAround(cluster, node.name, roles),
          safer: ofCore ? saferCore(cluster.version) : saferNode(cluster, node.name, node.before, roles),
          nodes: [node.name],
          addresses: [node.change.address],
          impacts: lossImpacts(cluster, node, roles),
        },
      ];
    });
  },
};

function lostBecause({ known }: ClusterChange, roles: readonly string[]): string {
  const silent = roles.filter((role) => !known.tells(role));
  return silent.length === 0
    ? `the data of ${codes(roles)} is neither on a volume nor in an external database`
    : `${codes(silent)} does not say what it keeps (${code('keeps')}): its data counts as lost with any disk`;
}

/** Who notices that the data of these roles is lost. */
function lossImpacts({ known }: ClusterChange, node: NodeChange, roles: readonly string[]): Impact[] {
  const ofCluster = (role: string) => {
    const { placement, keptOn } = known.of(role);
    return placement === 'core' || keptOn === 'core';
  };
  const own = roles.filter((role) => !ofCluster(role));
  const empty = { what: 'empty: users, spaces and apps are lost', howLong: ESTIMATES.restore };
  return [
    ...(isCore(node.before, known) ? [{ who: 'deploys, API, console' as const, ...empty }] : []),
    ...byAudience(own, known).map(([who, theirs]) => ({
      who,
      what: `${codes(theirs)} on ${code(node.name)}: down, then empty`,
      howLong: ESTIMATES.restore,
    })),
  ];
}

/** Saves the data of these roles before the apply and brings it back after it, each by a way that covers it. */
function saveAround(cluster: ClusterChange, node: string, roles: readonly string[]): RemedyStep[] {
  const file = `before-${node}.tgz`;
  const exported = roles.some((role) => cluster.known.exports(role));
  const kato = (step: KatoStep) => (exported ? [katoStep(cluster.version, step)] : []);
  return [
    ...kato({
      when: 'before',
      what: 'export all data, copy the file off the cluster, and test the import on another cluster',
      advice: { do: 'export', file },
    }),
    ...copyOff(cluster, node, roles),
    ...kato({ when: 'after', what: 'import the data', advice: { do: 'import', file } }),
    ...notExported(cluster, roles).map(
      (own): RemedyStep => ({
        when: 'after',
        text: `bring the data of ${own} back to ${code(node)} by the same means`,
      }),
    ),
  ];
}

function saferCore(version: KatoVersion): string {
  const { command } = advise(version, { do: 'upgrade' });
  const anew = 'export, create a new cluster from the export, and point DNS at it';
  return command === undefined ? anew : `upgrade in place with ${code(command)}; or ${anew}`;
}

function saferNode(
  { known, version }: ClusterChange,
  name: string,
  node: ManifestNode,
  roles: readonly string[],
): string {
  if (node.disk)
    return `move the data of ${codes(roles)} to the volume of ${code(name)}, say so in ${code('keeps')} of the role, then make this change`;
  const { command } = advise(version, { do: 'relocate', what: 'services', directory: '<mount>/services' });
  // Where a role of the user's own keeps its data, the command does not know.
  const move =
    command === undefined || !roles.every(known.exports)
      ? 'move the data to it'
      : `move the data with ${code(command)}`;
  return `give ${code(name)} a volume (diskGib) in a separate pull request, ${move}, then make this change`;
}

export const dataNodeReplaced: ReviewRule = {
  id: 'data-node-replaced',
  severity: 'outage',
  title: 'A node without a stand-in is replaced',
  explain: {
    means: 'Its services are down until the new machine has booted and attached. Data on its own volume survives.',
    reads: 'roles and disk of the node in stackato_manifest; what the plan does to its machine',
    todo: 'Announce the outage, or change the node in place. Afterwards check that its services are listed and its old entry is gone.',
  },
  find(context) {
    const { cluster } = context;
    return freshNodes(context, 'data').map((node): Draft => {
      const roles = soleRoles(node.before!.roles, cluster!.known);
      const onRoot = new Set(rolesOnRoot(node.before!, cluster!.before!, cluster!.known));
      const kept = roles.filter((role) => !onRoot.has(role) && keepsData(cluster!.known.of(role), false));
      return {
        subject: node.name,
        statement: `${code(node.name)} is ${node.fate}: ${codes(roles)} ${roles.length === 1 ? 'is' : 'are'} down until it is back`,
        consequences: [
          ...(kept.length > 0 ? [`the data of ${codes(kept)} survives on its volume or in its database`] : []),
          ...(onRoot.size > 0 && rootDiskStays(node.change!)
            ? [`the data of ${codes([...onRoot])} stays on the old root disk, which remains in the account, detached`]
            : []),
        ],
        evidence: actionsOf(context, node.change!),
        remedy: [
          katoStep(cluster!.version, {
            when: 'after',
            what: `check that ${code(node.name)} is listed exactly once`,
            advice: { do: 'list-nodes' },
          }),
          katoStep(cluster!.version, { when: 'after', what: 'check that its roles run', advice: { do: 'list-roles' } }),
        ],
        safer: 'change the machine in place; only a new operating system needs a new image',
        nodes: [node.name],
        addresses: [node.change!.address],
        impacts: byAudience(roles, cluster!.known).map(([who, theirs]) => ({
          who,
          what: `${codes(theirs)}: down`,
          howLong: ESTIMATES.nodeBoot,
        })),
      };
    });
  },
};

export const poolReplaced: ReviewRule = {
  id: 'pool-replaced',
  severity: 'outage',
  title: 'All nodes of a role are replaced at once',
  explain: {
    means:
      'Terraform replaces machines in parallel; it has no rolling replacement. The role is down until the new machines have booted and attached.',
    reads: 'every node with the role in stackato_manifest; what the plan does to its machine',
    todo: 'Replace them one by one with `terraform apply -target`. Or add a new pool beside the old one, then remove the old pool.',
  },
  find(context) {
    const { cluster } = context;
    if (!cluster?.after) return [];
    return sharedRoles(cluster).flatMap((role): Draft[] => {
      const hit = cluster.nodes.filter(
        (n) =>
          n.before &&
          n.change &&
          weightOf(n, cluster) !== 'core' &&
          !undisturbed(n) &&
          lostRoles(n, cluster).includes(role),
      );
      const comesBack = cluster.nodes.some((n) => n.rolesAfter.includes(role) && weightOf(n, cluster) !== 'core');
      // Other rules report nodes that only restart, and roles that are gone for good.
      if (!comesBack || !hit.some((n) => bootsAfresh(n) || n.fate === 'gone')) return [];
      const { serves } = cluster.known.of(role);
      const areDeas = isDea(role, cluster.known);
      const createFirst = hit.every((n) => n.change?.createFirst);
      return [
        {
          subject: role,
          statement: `all nodes with role ${code(role)} go at once, before others take over: ${codes(hit.map((n) => n.name))}`,
          consequences: [
            createFirst
              ? 'Terraform creates the new machines first, but destroys the old ones as soon as the new ones run; it does not wait until they have attached'
              : 'Terraform destroys the old machines before it creates the new ones',
          ],
          evidence: hit.slice(0, 5).flatMap((n) => actionsOf(context, n.change!)),
          remedy: [
            {
              when: 'instead',
              text: areDeas
                ? 'replace one machine at a time: retire it, remove it, apply it alone, wait until it is listed, then the next'
                : 'replace one machine at a time: apply it alone, wait until the new one is listed, then the next',
              about: hit[0]!.name,
              command: `terraform apply ${typedWord(`-target=${hit[0]!.node.resource}`)}`,
            },
          ],
          safer:
            'add a second pool with the new machines, let it attach, then remove the old pool in a separate pull request',
          nodes: hit.map((n) => n.name),
          addresses: hit.map((n) => n.change!.address),
          impacts: [
            {
              who: serves,
              what: whatIsDown(serves, [role], cluster.known),
              howLong: ESTIMATES.nodeBoot,
            },
          ],
        },
      ];
    });
  },
};

export const nodeReplaced: ReviewRule = {
  id: 'node-replaced',
  severity: 'capacity',
  title: 'Nodes are replaced; others with the same role stay',
  explain: {
    means: 'Their apps start on other nodes. Capacity is lower until the new machines have attached.',
    reads:
      'roles of the node in stackato_manifest; what the plan does to its machine and to the others with the same role',
    todo: 'Retire a DEA before its machine is replaced.',
  },
  find(context) {
    if (!goesOn(context)) return [];
    const nodes = freshNodes(context, 'spare');
    if (nodes.length === 0) return [];
    const { cluster } = context as { cluster: ClusterChange };
    const deas = nodes.filter((n) => runsApps(n.before, cluster.known));
    return [
      {
        subject: nodes.map((n) => n.name).join(','),
        statement: `${codes(nodes.map((n) => n.name))} ${nodes.length === 1 ? 'is' : 'are'} replaced; other nodes with the same role stay`,
        evidence: nodes.slice(0, 5).flatMap((n) => actionsOf(context, n.change!)),
        remedy: retireSteps(cluster, deas),
        nodes: nodes.map((n) => n.name),
        addresses: nodes.map((n) => n.change!.address),
      },
    ];
  },
};

export const roleUndescribed: ReviewRule = {
  id: 'role-undescribed',
  severity: 'info',
  title: 'A role without a description',
  explain: {
    means:
      'An older version of this tool wrote the manifest, without descriptions of roles, and the role is not one of the product. The review assumes the worst case: the data is lost with the disk, and no other node can take over.',
    reads: 'roles of stackato_manifest before and after, where the plan changes a node with such a role',
    todo: 'Deploy once with this version: the manifest then describes the role.',
  },
  find(context) {
    const { cluster, plan } = context;
    if (!cluster) return [];
    return cluster.known.unknown.flatMap((role): Draft[] => {
      const hit = cluster.nodes.filter((n) => n.before?.roles.includes(role) && n.change && !undisturbed(n));
      if (hit.length === 0) return [];
      return [
        {
          subject: role,
          statement: `the manifest does not describe role ${code(role)}: the review assumes that it keeps data and that no other node can take over`,
          evidence: [{ path: `${plan.beforePath}.roles`, value: `has no ${code(role)}` }],
          nodes: hit.map((n) => n.name),
        },
      ];
    });
  },
};
