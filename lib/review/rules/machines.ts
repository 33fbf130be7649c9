import { typedWord } from '../../base/shell';
import { AUDIENCES } from '../../kato/facts';
import { type ClusterChange, type NodeChange, undisturbed } from '../cluster/cluster';
import { ESTIMATES } from '../cluster/estimates';
import { isMachine, rebuildAttribute, sizeAttribute, userDataAttribute } from '../cluster/machines';
import { byAudience, isCore, soleRoles, whatIsDown } from '../cluster/roles';
import { lostRoles, weightOf } from '../cluster/weight';
import { code, codes, type Draft, type Impact } from '../finding';
import { nodeBefore } from '../plan/renames';
import { katoStep } from '../remedy';
import { actionsOf, becomes, type Context, type ReviewRule, was } from '../rule';
import { goesOn } from './deas';

function resized(context: Context, spare: boolean): NodeChange[] {
  const { cluster } = context;
  if (!cluster || !goesOn(context)) return [];
  return cluster.nodes.filter(
    (n) =>
      n.fate === 'restarted' && n.change && sizeAttribute(n.change) && (weightOf(n, cluster) === 'spare') === spare,
  );
}

function sizeEvidence(context: Context, node: NodeChange) {
  const attribute = sizeAttribute(node.change!)!;
  return [was(context, node.change!, attribute), becomes(context, node.change!, attribute)];
}

/** Who notices that the machine stops: users of what has no stand-in, and of what nobody stands in for now. */
function restartImpact(node: NodeChange, cluster: ClusterChange): Impact[] {
  const { known } = cluster;
  const was = node.before ?? node.node;
  const ofCore = isCore(was, known);
  const howLong = ofCore ? ESTIMATES.coreRestart : ESTIMATES.restart;
  const sole = new Map(byAudience(soleRoles(was.roles, known), known));
  const lost = new Map(byAudience(lostRoles(node, cluster), known));
  return AUDIENCES.flatMap((who): Impact[] => {
    // Without the core there is no API, whoever else could serve it.
    if (ofCore && who === 'deploys, API, console') return [{ who, what: 'down', howLong }];
    if (lost.has(who)) return [{ who, what: whatIsDown(who, lost.get(who)!, known), howLong }];
    return sole.has(who) ? [{ who, what: `${code(node.name)}: down`, howLong }] : [];
  });
}

const afterCoreRestart = (node: NodeChange, { known, version }: ClusterChange) =>
  isCore(node.node, known)
    ? [
        katoStep(version, {
          when: 'after',
          what: 'after some minutes, start the processes that are still FATAL',
          advice: { do: 'start' },
          where: 'every other node',
        }),
      ]
    : [];

export const machineResized: ReviewRule = {
  id: 'machine-resized',
  severity: 'outage',
  title: 'A machine without a stand-in changes its size',
  explain: {
    means:
      'A new size stops and starts the machine (AWS) or reboots it (OpenStack resize). Its services are down meanwhile.',
    reads: 'instance_type or flavor of the machine before and after; roles of all nodes in stackato_manifest',
    todo: 'Apply in a maintenance window. Change DEAs and routers one at a time.',
  },
  find(context) {
    const nodes = resized(context, false);
    const together = nodes.filter((node) => weightOf(node, context.cluster!) === 'last');
    const alone = nodes.filter((node) => !together.includes(node)).map((node) => [node]);
    return [...alone, ...(together.length > 0 ? [together] : [])].map((group): Draft => {
      const [first] = group as [NodeChange];
      const weight = weightOf(first, context.cluster!);
      const many = group.length > 1;
      const size = code(first.node.machine || first.node.size);
      return {
        subject: group.map((node) => node.name).join(','),
        statement: `${codes(group.map((node) => node.name))} stop${many ? '' : 's'} and start${many ? '' : 's'} for ${
          many ? 'their' : 'its'
        } new size ${size}${weight === 'last' ? ', and so does every node that could take over' : ''}`,
        evidence: group.slice(0, 5).flatMap((node) => sizeEvidence(context, node)),
        remedy: [
          { when: 'before', text: 'announce a maintenance window' },
          ...group.flatMap((node) => afterCoreRestart(node, context.cluster!)),
          ...(weight === 'last'
            ? [
                {
                  when: 'instead' as const,
                  text: 'change one node at a time: apply it alone, wait until it is back, then the next',
                  about: first.name,
                  command: `terraform apply ${typedWord(`-target=${first.node.resource}`)}`,
                },
              ]
            : []),
        ],
        nodes: group.map((node) => node.name),
        addresses: group.map((node) => node.change!.address),
        impacts: group.flatMap((node) => restartImpact(node, context.cluster!)),
      };
    });
  },
};

export const machineRestarted: ReviewRule = {
  id: 'machine-restarted',
  severity: 'capacity',
  title: 'Machines change their size; others with the same role keep running',
  explain: {
    means: 'Each machine stops and starts; its apps start on other nodes. Capacity is lower meanwhile.',
    reads: 'instance_type or flavor of the machines before and after; roles of all nodes in stackato_manifest',
    todo: 'Retire a DEA before its machine stops. It comes back when the machine starts again.',
  },
  find(context) {
    const nodes = resized(context, true);
    if (nodes.length === 0) return [];
    return [
      {
        subject: nodes.map((n) => n.name).join(','),
        statement: `${codes(nodes.map((n) => n.name))} stop${nodes.length === 1 ? 's' : ''} and start${nodes.length === 1 ? 's' : ''} for a new size; other nodes with the same role keep running`,
        evidence: nodes.slice(0, 5).flatMap((n) => sizeEvidence(context, n)),
        nodes: nodes.map((n) => n.name),
        addresses: nodes.map((n) => n.change!.address),
      },
    ];
  },
};

export const bootWithoutEffect: ReviewRule = {
  id: 'boot-without-effect',
  severity: 'outage',
  title: 'New user data restarts a machine without effect',
  explain: {
    means:
      'AWS stops and starts the instance to store new user data. cloud-init runs only once per instance, so the node is down and is unchanged afterwards.',
    reads: 'user_data of an aws_instance that the plan updates in place; the boot digest in stackato_manifest',
    todo: 'Replace the node. Or run the new commands on it by hand and keep the old user data (ignore_changes).',
  },
  find(context) {
    const nodes = new Map((context.cluster?.nodes ?? []).flatMap((n) => (n.change ? [[n.change, n] as const] : [])));
    return context.changes.flatMap((change): Draft[] => {
      const attribute = userDataAttribute(change);
      if (!attribute) return [];
      const node = nodes.get(change);
      return [
        {
          subject: change.address,
          statement: `${code(node?.name ?? change.address)} stops and starts to store new user data, which cloud-init does not run again: an outage without effect`,
          evidence: [
            { path: `${change.path}.change.after.${attribute}`, value: 'differs from before (not shown)' },
            becomes(context, change, 'user_data_replace_on_change'),
          ],
          remedy: [
            {
              when: 'instead',
              text: 'replace the node, if it keeps no data',
              command: `terraform apply ${typedWord(`-replace=${change.address}`)}`,
            },
          ],
          safer: 'run the new commands of the boot script on the node, and leave its user data as it is',
          nodes: node ? [node.name] : [],
          addresses: [change.address],
          impacts: node?.before && context.cluster ? restartImpact(node, context.cluster) : [],
        },
      ];
    });
  },
};

export const bootIgnored: ReviewRule = {
  id: 'boot-ignored',
  severity: 'info',
  title: 'A node does not run its new boot script',
  explain: {
    means:
      'The declaration changes the boot script, but the machine stays and runs a boot script only once. Its roles and settings do not change.',
    reads:
      'boot digest and roles of the node in stackato_manifest before and after, where the plan leaves its machine alone',
    todo: 'Make the changes by hand: add and remove the roles, set the keys.',
  },
  find(context) {
    if (!goesOn(context)) return [];
    const nodes = context.cluster!.nodes.filter(
      (n) => undisturbed(n) && n.before && n.after && n.before.boot !== n.after.boot,
    );
    if (nodes.length === 0) return [];
    const steps = nodes.flatMap((n) => {
      const target = n.address ?? `<address of ${n.name}>`;
      const added = n.after!.roles.filter((role) => !n.before!.roles.includes(role));
      const removed = n.before!.roles.filter((role) => !n.after!.roles.includes(role));
      const line = (verb: 'add' | 'remove', roles: readonly string[]) =>
        katoStep(context.cluster!.version, {
          when: 'after',
          what: `${verb} roles of ${code(n.name)}`,
          advice: { do: `${verb}-roles`, node: target, roles },
          where: code(n.name),
        });
      return [...(added.length ? [line('add', added)] : []), ...(removed.length ? [line('remove', removed)] : [])];
    });
    return [
      {
        subject: nodes.map((n) => n.name).join(','),
        statement: `the boot script of ${codes(nodes.map((n) => n.name))} changes, but ${nodes.length === 1 ? 'the machine stays and does' : 'the machines stay and do'} not run it`,
        evidence: nodes.slice(0, 5).flatMap((n) => [
          { path: `${nodeBefore(context.plan, n.name)}.boot`, value: n.before!.boot },
          { path: `${context.plan.afterPath}.nodes.${n.name}.boot`, value: n.after!.boot },
        ]),
        remedy: steps,
        nodes: nodes.map((n) => n.name),
        addresses: nodes.map((n) => n.node.resource),
      },
    ];
  },
};

export const serverWiped: ReviewRule = {
  id: 'server-wiped',
  severity: 'data-loss',
  title: 'An update rebuilds a server that is not in the manifest',
  explain: {
    means:
      'The plan shows a new image as an update in place, but Nova rebuilds the server and wipes its root disk. Its address and volumes stay.',
    reads:
      'image_id and image_name of an openstack_compute_instance_v2 that the plan updates and that is not a node of the manifest',
    todo: 'Move the data on the root disk to a volume first.',
  },
  find(context) {
    const ours = new Set((context.cluster?.nodes ?? []).map((n) => n.change));
    return context.changes.flatMap((change): Draft[] => {
      const attribute = isMachine(change) ? rebuildAttribute(change) : undefined;
      if (!attribute || ours.has(change)) return [];
      return [
        {
          subject: change.address,
          statement: `${code(change.address)} looks like an update, but the new image rebuilds the server: everything on its root disk is lost`,
          consequences: ['its address and its volumes stay'],
          evidence: [
            ...actionsOf(context, change),
            was(context, change, attribute),
            becomes(context, change, attribute),
          ],
          remedy: [{ when: 'before', text: 'copy the data on the root disk to a volume or off the server' }],
          addresses: [change.address],
        },
      ];
    });
  },
};
