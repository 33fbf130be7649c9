import { list, object } from '../../base/json';
import { typedWord } from '../../base/shell';
import { advise } from '../../kato/advice';
import type { KatoVersion } from '../../kato/version';
import { bootsAfresh, type ClusterChange, type NodeChange, undisturbed } from '../cluster/cluster';
import { dataOf, rolesOnRoot } from '../cluster/data';
import { ESTIMATES } from '../cluster/estimates';
import { isCore, keepsData, runsApps, soleRoles } from '../cluster/roles';
import { lostRoles, sharedRoles, type Weight, weightOf } from '../cluster/weight';
import { code, codes, type Draft, type RemedyStep } from '../finding';
import type { Change } from '../plan/plan';
import { katoStep } from '../remedy';
import { actionsOf, type Context, type ReviewRule, was } from '../rule';
import { goesOn, retireSteps } from './deas';

function freshNodes(context: Context, weight: Weight): NodeChange[] {
  const { cluster } = context;
  if (!cluster?.after) return [];
  return cluster.nodes.filter((n) => bootsAfresh(n) && n.before && weightOf(n, cluster) === weight);
}

/** Whether the root disk outlives its machine: it then stays in the account, detached. */
function rootDiskStays(change: Change): boolean {
  return object(list(change.before?.['root_block_device'])[0])['delete_on_termination'] === false;
}

export const nodeDataLost: ReviewRule = {
  id: 'node-data-lost',
  severity: 'data-loss',
  title: 'A node with data on its root disk goes',
  explain: {
    means:
      'The root disk goes with the machine, and with it the data of every role that has no volume of its own and no external database.',
    reads: 'roles and disk of the node in stackato_manifest before, and what the plan does to its machine',
    todo: 'Give the node a volume first, move the data onto it, then change the machine. Or export and import.',
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
          statement: `${code(node.name)} ${verb}, and with its root disk go: ${dataOf(roles, cluster.known)}`,
          consequences: [`no volume and no external database holds the data of ${codes(roles)}`],
          evidence: [
            ...actionsOf(context, node.change),
            {
              path: `${context.plan.beforePath}.nodes.${node.name}.disk`,
              value: node.before.disk ? context.redactor.show(node.before.disk.keeps) : 'absent',
            },
            ...('root_block_device' in (node.change.before ?? {})
              ? [was(context, node.change, 'root_block_device')]
              : []),
          ],
          remedy: exportAround(cluster.version, `before-${node.name}.tgz`),
          safer: ofCore ? saferCore(cluster.version) : saferNode(cluster.version, node.name),
          nodes: [node.name],
          addresses: [node.change.address],
          impacts: [
            ofCore
              ? {
                  who: 'deploys, API, console',
                  what: 'empty: users, spaces and apps are unknown',
                  howLong: ESTIMATES.restore,
                }
              : {
                  who: cluster.known.of(roles[0]!).serves,
                  what: `${codes(roles)} on ${code(node.name)}: down, then empty`,
                  howLong: ESTIMATES.restore,
                },
          ],
        },
      ];
    });
  },
};

/** Everything off the cluster before, and back after. */
function exportAround(version: KatoVersion, file: string): RemedyStep[] {
  return [
    katoStep(version, {
      when: 'before',
      what: 'export everything, copy the file off the cluster, and try the import on another cluster',
      advice: { do: 'export', file },
    }),
    katoStep(version, { when: 'after', what: 'bring it back', advice: { do: 'import', file } }),
  ];
}

function saferCore(version: KatoVersion): string {
  const { command } = advise(version, { do: 'upgrade' });
  const anew = 'export, make a new cluster from the export, and move the names over';
  return command === undefined ? anew : `upgrade in place with ${code(command)}; or ${anew}`;
}

function saferNode(version: KatoVersion, node: string): string {
  const { command } = advise(version, { do: 'relocate', what: 'services', directory: '<mount>/services' });
  const move = command === undefined ? 'move the data onto it' : `move the data with ${code(command)}`;
  return `give ${code(node)} a volume (diskGib) in a pull request of its own, ${move}, then make this change`;
}

export const dataNodeReplaced: ReviewRule = {
  id: 'data-node-replaced',
  severity: 'outage',
  title: 'A node that nobody stands in for is replaced',
  explain: {
    means:
      'What it runs answers nobody until the new machine has booted and attached. Data on a volume of its own stays.',
    reads: 'roles and disk of the node in stackato_manifest, and what the plan does to its machine',
    todo: 'Announce it, or change the node in place. Afterwards check that the services are listed and the old entry is gone.',
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
          ...(kept.length > 0 ? [`data of ${codes(kept)} stays on its volume or in its database`] : []),
          ...(onRoot.size > 0 && rootDiskStays(node.change!)
            ? [`data of ${codes([...onRoot])} stays on the old root disk, which is kept in the account, detached`]
            : []),
        ],
        evidence: actionsOf(context, node.change!),
        remedy: [
          katoStep(cluster!.version, {
            when: 'after',
            what: `check that ${code(node.name)} is listed, once`,
            advice: { do: 'list-nodes' },
          }),
          katoStep(cluster!.version, { when: 'after', what: 'check that its roles run', advice: { do: 'list-roles' } }),
        ],
        safer: 'change the machine in place; a new image is needed only for a new operating system',
        nodes: [node.name],
        addresses: [node.change!.address],
        impacts: [
          { who: cluster!.known.of(roles[0]!).serves, what: `${codes(roles)}: down`, howLong: ESTIMATES.nodeBoot },
        ],
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
      'Terraform replaces machines in parallel and knows no rolling. Until the new ones have booted and attached nobody does their work.',
    reads: 'every node with the role in stackato_manifest, and what the plan does to its machine',
    todo: 'Replace them one by one: `terraform apply -target`, or a new pool beside the old one, then remove the old pool.',
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
      // Only restarted: another rule says so. Gone for good: again another.
      if (!comesBack || !hit.some((n) => bootsAfresh(n) || n.fate === 'gone')) return [];
      const { serves } = cluster.known.of(role);
      const createFirst = hit.every((n) => n.change?.createFirst);
      return [
        {
          subject: role,
          statement: `every node with role ${code(role)} goes at once, before others do its work: ${codes(hit.map((n) => n.name))}`,
          consequences: [
            createFirst
              ? 'new machines are made first, but the old ones go as soon as the new ones run: nobody waits until they have attached'
              : 'old machines go before new ones are made',
          ],
          evidence: hit.slice(0, 5).flatMap((n) => actionsOf(context, n.change!)),
          remedy: [
            {
              when: 'instead',
              text:
                serves === 'apps on DEAs'
                  ? 'one machine at a time: retire it, take it out, replace it alone, wait until it is listed, then the next'
                  : 'one machine at a time: wait until the new one is listed, then the next',
              about: hit[0]!.name,
              command: `terraform apply ${typedWord(`-target=${hit[0]!.node.resource}`)}`,
            },
          ],
          safer:
            'add a second pool with the new machines, let it attach, then remove the old pool in another pull request',
          nodes: hit.map((n) => n.name),
          addresses: hit.map((n) => n.change!.address),
          impacts: [
            { who: serves, what: serves === 'apps on DEAs' ? 'all down' : 'down', howLong: ESTIMATES.nodeBoot },
          ],
        },
      ];
    });
  },
};

export const nodeReplaced: ReviewRule = {
  id: 'node-replaced',
  severity: 'capacity',
  title: 'Nodes are replaced, others of their kind stay',
  explain: {
    means: 'What ran on them starts elsewhere; there is less room until the new machines have attached.',
    reads:
      'roles of the node in stackato_manifest, what the plan does to its machine and to the others with the same role',
    todo: 'Retire a DEA before its machine goes.',
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
        statement: `${codes(nodes.map((n) => n.name))} ${nodes.length === 1 ? 'is' : 'are'} replaced; others of the same role stay`,
        evidence: nodes.slice(0, 5).flatMap((n) => actionsOf(context, n.change!)),
        remedy: retireSteps(cluster, deas),
        nodes: nodes.map((n) => n.name),
        addresses: nodes.map((n) => n.change!.address),
      },
    ];
  },
};

export const roleUnknown: ReviewRule = {
  id: 'role-unknown',
  severity: 'info',
  title: 'Nobody says what a role keeps and serves',
  explain: {
    means:
      'The manifest was written by a version that did not describe roles, and the role is none of the product. It counts as the worst case: its data is lost with a disk, and no other node does its work.',
    reads: 'roles of stackato_manifest before and after, where a node with such a role is touched',
    todo: 'Deploy once with this version: the manifest then carries what the role says of itself.',
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
          statement: `nobody says what role ${code(role)} keeps and whether others do its work: it counts as the worst case`,
          evidence: [{ path: `${plan.beforePath}.roles`, value: `has no ${code(role)}` }],
          nodes: hit.map((n) => n.name),
        },
      ];
    });
  },
};
