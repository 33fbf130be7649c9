import { undisturbed } from '../cluster/cluster';
import { code, type Draft, type Evidence } from '../finding';
import type { Context, ReviewRule } from '../rule';

/** What the names of machines and volumes are called on a cloud, and the names that it cannot change. */
const FIXED: Readonly<Record<string, string>> = {
  aws: 'of its security group, role and instance profile',
  openstack: 'of its server group, and the host names inside the nodes',
};

export const poolRenamed: ReviewRule = {
  id: 'pool-renamed',
  severity: 'info',
  title: 'A pool has a new name; its nodes and volumes stay',
  explain: {
    means:
      'The pool and its nodes have other names in the declaration and in this tool. The machines, addresses and volumes are the same, and kato, which knows a node by its address, notices nothing.',
    reads:
      'resource_changes[].previous_address of the machines in stackato_manifest before and after; what else the plan does to them is in other findings',
    todo: 'Use the new node names from now on. Leave was in the declaration: it keeps the former name from being used again.',
  },
  find(context) {
    const { plan, cluster } = context;
    return [...plan.renames.pools].flatMap(([name, was]): Draft[] => {
      const nodes = cluster?.nodes.filter((n) => n.node.pool === name && plan.renames.nodes.has(n.name)) ?? [];
      if (nodes.length === 0) return [];
      const kept = nodes.every(undisturbed);
      const pairs = nodes.slice(0, 8).map((n) => `${code(plan.renames.nodes.get(n.name))} is now ${code(n.name)}`);
      const more = nodes.length > 8 ? ` and ${nodes.length - 8} more` : '';
      const fixed = FIXED[cluster!.manifest.cloud];
      return [
        {
          subject: name,
          statement: `pool ${code(was)} is now ${code(name)}${kept ? '; its nodes stay' : ''}: ${pairs.join(', ')}${more}`,
          consequences: [
            'the new name follows in tags and names of machines and volumes, in firewall rules and balancers, and in the commands of this tool',
            `these stay: machines, addresses, volumes, DNS${fixed ? `, and the names ${fixed}` : ''}`,
            'kato knows a node by its private address, which stays: nothing is to be done on the nodes',
          ],
          evidence: nodes.slice(0, 5).flatMap((n) => moveOf(context, n.node.resource)),
          nodes: nodes.map((n) => n.name),
          addresses: nodes.map((n) => n.node.resource),
        },
      ];
    });
  },
};

export const databaseRenamed: ReviewRule = {
  id: 'database-renamed',
  severity: 'info',
  title: 'A database has a new name; it stays with its content',
  explain: {
    means:
      'The database has another name in the declaration and in this tool. It is the same database at the same host name, so the nodes that use it notice nothing.',
    reads:
      'resource_changes[].previous_address of the database in stackato_manifest before and after; what else the plan does to it is in other findings',
    todo: 'Nothing. Leave was in the declaration: it keeps the former name from being used again.',
  },
  find(context) {
    const { plan } = context;
    const manifest = context.cluster?.after;
    if (!manifest) return [];
    return [...plan.renames.databases].flatMap(([name, was]): Draft[] => {
      const { resource } = manifest.databases[name]!;
      const onAws = manifest.cloud === 'aws';
      return [
        {
          subject: name,
          statement: `database ${code(was)} is now ${code(name)}; it stays with its content`,
          consequences: onAws
            ? [
                'the new name follows in tags, and in the parameter by which new nodes find the database, which is made anew',
                'these stay: the instance, its identifier, host name and password, and the name of its security group',
              ]
            : [],
          evidence: moveOf(context, resource),
          addresses: [resource],
        },
      ];
    });
  },
};

function moveOf({ plan }: Context, address: string): Evidence[] {
  const change = plan.changes.find((c) => c.address === address && c.previousAddress !== undefined);
  return change ? [{ path: `${change.path}.previous_address`, value: change.previousAddress! }] : [];
}
