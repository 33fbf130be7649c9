import type { TrafficRule } from '../../topology/model';
import { declaredWorldRules, type Inbound, inboundRules, isWorld, portsBeyond } from '../cluster/firewall';
import { isWeb, portText, reached } from '../cluster/ports';
import { code, codes, type Draft, words } from '../finding';
import type { Context, ReviewRule } from '../rule';

interface Opening {
  readonly rule: Inbound;
  readonly ports: readonly [number, number];
}

/** Ports that the world reaches after the plan and not before it: first from resources, then from the manifest alone. */
function openings(context: Context): Opening[] {
  const { plan, cluster } = context;
  const { before, after } = inboundRules(plan);
  const relevant = (rule: Inbound) => isWorld(rule.peer) && ['tcp', 'udp', 'all'].includes(rule.protocol);
  const found: Opening[] = [];
  // Known rules by group and peer: a plan may hold thousands.
  const known = new Map<string, Inbound[]>();
  const learn = (rule: Inbound) => {
    const key = `${rule.group} ${rule.peer}`;
    known.set(key, [...(known.get(key) ?? []), rule]);
  };
  const open = (rule: Inbound) => {
    for (const ports of portsBeyond(rule, known.get(`${rule.group} ${rule.peer}`) ?? [])) found.push({ rule, ports });
    learn(rule);
  };
  for (const rule of [...before, ...declaredWorldRules(cluster?.before, plan.beforePath)].filter(relevant)) learn(rule);
  for (const rule of [...after, ...declaredWorldRules(cluster?.after, plan.afterPath)].filter(relevant)) open(rule);
  return found;
}

/** The pool, if the manifest names the group; else the group's address. */
function target(context: Context, rule: Inbound): { text: string; nodes: readonly string[] } {
  const pool = Object.entries(context.cluster?.manifest.groups ?? {}).find(([, group]) => group === rule.group)?.[0];
  if (pool === undefined) return { text: `group ${code(rule.group)}`, nodes: [] };
  const nodes = (context.cluster?.nodes ?? [])
    .filter((n) => n.after && (pool === 'cluster' || n.node.pool === pool))
    .map((n) => n.name);
  return { text: pool === 'cluster' ? 'every node' : `pool ${code(pool)}`, nodes };
}

const covers = (own: readonly [number, number], ports: readonly [number, number]) =>
  own[0] <= ports[0] && ports[1] <= own[1];

function expected(context: Context, { rule, ports }: Opening): boolean {
  if (isWeb(ports)) return true;
  // Some roles serve the world on ports of their own.
  const { nodes } = target(context, rule);
  const { cluster } = context;
  const roles = (cluster?.nodes ?? []).filter((n) => nodes.includes(n.name)).flatMap((n) => n.node.roles);
  return roles.some((role) =>
    cluster!.known.of(role).ports.some((own) => own.from === 'world' && covers(own.ports, ports)),
  );
}

export const portOpened: ReviewRule = {
  id: 'port-opened',
  severity: 'security',
  title: 'A port is opened to the world',
  explain: {
    means:
      'Anyone on the internet can reach the services on that port, if the node has a public address. Most of these services have no password.',
    reads:
      'inbound rules before and after of aws_security_group, aws_security_group_rule, aws_vpc_security_group_ingress_rule, openstack_networking_secgroup_rule_v2 and the manifest, by group; only ports that were closed before count',
    todo: 'Name the network that needs access instead of the world; use a bastion for SSH.',
  },
  find(context) {
    return openings(context)
      .filter((opening) => !expected(context, opening))
      .map((opening): Draft => {
        const { rule, ports } = opening;
        const to = target(context, rule);
        const meanings = reached(ports);
        const wide = ports[1] - ports[0] >= 1000;
        const named = meanings.slice(0, 4).map((m) => `${m.name} (${portText(m.ports)})`);
        return {
          subject: `${rule.group}:${rule.protocol}:${portText(ports)}:${rule.peer}`,
          statement: `${code(`${portText(ports)}/${rule.protocol}`)} of ${to.text} is opened to ${code(rule.peer)}${meanings.length === 1 ? `: ${meanings[0]!.name}` : ''}`,
          consequences: [
            ...(meanings.length > 1
              ? [
                  `these ports include: ${named.join(', ')}${meanings.length > 4 ? ` and ${meanings.length - 4} more` : ''}`,
                ]
              : []),
            ...(meanings[0] ? [`${meanings[0].name}: ${meanings[0].danger}`] : []),
            ...(wide ? ['a wide range: it also opens services that start later'] : []),
          ],
          evidence: [
            {
              path: rule.path,
              value: context.redactor.text(`${rule.protocol} ${portText(rule.ports)} from ${rule.peer}`),
            },
          ],
          remedy: [
            { when: 'instead', text: 'name the network that needs access, for example that of your bastion or office' },
          ],
          safer:
            ports[0] <= 22 && ports[1] >= 22 ? 'reach nodes by SSH through a bastion in the same network' : undefined,
          nodes: to.nodes,
          addresses: [rule.address],
        };
      });
  },
};

export const webOpened: ReviewRule = {
  id: 'web-opened',
  severity: 'info',
  title: 'Web ports are opened to the world',
  explain: {
    means: 'Ports 80 and 443 (and the port range of a Harbor node) are meant for the world.',
    reads: 'the same as port-opened',
    todo: 'Nothing, if these nodes are your routers.',
  },
  find(context) {
    const found = openings(context).filter((opening) => expected(context, opening));
    if (found.length === 0) return [];
    const texts = [
      ...new Set(
        found.map(
          ({ rule, ports }) => `${code(`${portText(ports)}/${rule.protocol}`)} of ${target(context, rule).text}`,
        ),
      ),
    ];
    return [
      {
        subject: 'world',
        statement: `opened to the world, as is usual for web traffic: ${texts.slice(0, 8).join(', ')}${texts.length > 8 ? ` and ${texts.length - 8} more` : ''}`,
        evidence: found.slice(0, 4).map(({ rule }) => ({
          path: rule.path,
          value: `${rule.protocol} ${portText(rule.ports)} from ${rule.peer}`,
        })),
        nodes: [...new Set(found.flatMap(({ rule }) => target(context, rule).nodes))],
        addresses: [...new Set(found.map(({ rule }) => rule.address))],
      },
    ];
  },
};

/** Inbound rules of the cloud before and after the plan, and the groups that the manifest names. */
interface Permitted {
  readonly before: readonly Inbound[];
  readonly after: readonly Inbound[];
  readonly groups: Readonly<Record<string, string>>;
}

/** Ports of needed traffic that the plan closes, and the rules that permitted it. */
function cutOff(need: TrafficRule, { before, after, groups }: Permitted) {
  const ends = (name: string) => new Set([groups[name], groups['cluster']].filter((g) => g !== undefined));
  const targets = ends(need.to);
  const sources = new Set([...ends(need.from)].map((g) => `group:${g}`));
  const ours = new Set(Object.values(groups).map((g) => `group:${g}`));
  // An address range or an unknown group may hold the nodes: no false alarm.
  const covers = ({ group, peer }: Inbound) =>
    targets.has(group) && (sources.has(peer) || !peer.startsWith('group:') || !ours.has(peer));
  const anywhere = (rule: Inbound): Inbound => ({ ...rule, group: '', peer: '' });
  const { protocol, ports } = need;
  const asked: Inbound = { group: '', peer: '', protocol, ports: [ports[0], ports[1]], path: '', address: '' };
  const closed = (known: readonly Inbound[]) => portsBeyond(asked, known.filter(covers).map(anywhere));
  const cutBefore = closed(before);
  const newlyCut = closed(after).filter(([first, last]) => !cutBefore.some(([a, b]) => a <= first && last <= b));
  const stays = (rule: Inbound) =>
    after.some((other) => other.address === rule.address && other.path.endsWith(rule.path.split('.').pop() ?? ''));
  return { newlyCut, lost: before.filter((rule) => covers(rule) && !stays(rule)) };
}

export const ruleRemoved: ReviewRule = {
  id: 'rule-removed',
  severity: 'outage',
  title: 'Traffic that nodes need is cut off',
  explain: {
    means: 'One role can no longer reach another, although the cluster still needs it after the plan.',
    reads:
      "rules of stackato_manifest after the plan, the groups of its pools, and the cloud's inbound rules before and after; only traffic that was permitted before and is not after counts",
    todo: 'Keep the rule, or permit the same traffic by another one.',
  },
  find(context) {
    const { cluster, plan } = context;
    if (!cluster?.before || !cluster.after) return [];
    const { before, after } = inboundRules(plan);
    const { rules } = cluster.after;
    const populated = new Set(Object.values(cluster.after.nodes).map((n) => n.pool));
    const permitted = { before, after, groups: cluster.after.groups };
    return rules.flatMap((need, i): Draft[] => {
      if (need.from === 'world' || need.to.startsWith('database:')) return [];
      if (![need.from, need.to].every((end) => end === 'cluster' || populated.has(end))) return [];
      const { newlyCut, lost } = cutOff(need, permitted);
      if (newlyCut.length === 0) return [];
      const from = need.from === 'cluster' ? 'every node' : code(need.from);
      const to = need.to === 'cluster' ? 'every node' : code(need.to);
      return [
        {
          subject: need.id,
          statement: `${from} can no longer reach ${to} on ${code(`${newlyCut.map(portText).join(', ')}/${need.protocol}`)}: ${words(need.why)}`,
          evidence: [
            { path: `${plan.afterPath}.rules[${i}].id`, value: need.id },
            ...lost.slice(0, 3).map((rule) => ({
              path: rule.path,
              value: `${rule.protocol} ${portText(rule.ports)} from ${rule.peer}`,
            })),
          ],
          remedy: [
            {
              when: 'instead',
              text: `keep ${lost.length > 0 ? codes([...new Set(lost.map((r) => r.address))], 3) : 'the rule'}, or permit the same traffic by another rule`,
            },
          ],
          addresses: [...new Set(lost.map((rule) => rule.address))],
          impacts: [
            { who: 'other nodes', what: `${from} → ${to}: ${words(need.why)}`, howLong: 'until the rule is back' },
          ],
        },
      ];
    });
  },
};
