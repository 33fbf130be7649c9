import { DATABASE_DEFAULTS } from '../kato/roles/database';
import type { RolePort } from '../kato/step';
import type { Database, Pool, TrafficRule } from './model';

/**
 * The permitted traffic. `inside`, the vendor's advice: all traffic between nodes (facts §3.5; H). `strict`: only the
 * ports of roles, for pools with the roles that connect to them (union of facts §3.2 to §3.4; L).
 */
export function planRules(
  firewall: 'inside' | 'strict',
  pools: readonly Pool[],
  databases: readonly Database[] = [],
): readonly TrafficRule[] {
  const all = pools;
  const rules = all.flatMap((to) => [
    ...(to.world ? to.ports.filter((p) => p.from === 'world').map((p) => rule(p, 'world', to.name)) : []),
    ...(firewall === 'strict' ? to.ports.flatMap((port) => insideRules(port, to, all)) : []),
  ]);
  if (firewall === 'inside') {
    rules.unshift({
      id: 'cluster-from-cluster-all',
      from: 'cluster',
      to: 'cluster',
      protocol: 'all',
      ports: [0, 65535],
      why: 'nodes trust each other',
      sure: 'H',
    });
  }
  return withoutCovered(merge([...rules, ...databases.flatMap((one) => databaseRules(one, pools))]));
}

/**
 * The clients of a database are the nodes whose role uses it (vendor's page on external data services, 3.6; H), and the
 * nodes that run apps, which receive its address (facts §3.3 for MySQL and PostgreSQL on nodes, from DEAs; M).
 */
function databaseRules(database: Database, pools: readonly Pool[]): readonly TrafficRule[] {
  const { port } = DATABASE_DEFAULTS[database.engine];
  const from = (pool: string, why: string, sure: TrafficRule['sure']): TrafficRule => ({
    id: `database-${database.name}-from-${pool}-${port}-tcp`,
    from: pool,
    to: `database:${database.name}`,
    protocol: 'tcp',
    ports: [port, port],
    why,
    sure,
  });
  const apps = pools.filter((pool) => pool.roles.includes('dea'));
  return [
    ...database.usedBy.map(({ pool, role }) => from(pool, `${role} uses the database`, 'H')),
    ...apps.map((pool) => from(pool.name, 'apps reach their databases', 'M')),
  ];
}

function insideRules(port: RolePort, to: Pool, all: readonly Pool[]): readonly TrafficRule[] {
  if (port.from === 'world') return [];
  if (port.from === 'all') return [rule(port, 'cluster', to.name)];
  const from = port.from;
  return all
    .filter((pool) => pool.roles.some((r) => from.includes(r)) && !(pool.name === 'core' && to.name === 'core'))
    .map((pool) => rule(port, pool.name, to.name));
}

function rule(port: RolePort, from: string, to: string): TrafficRule {
  const [first, last] = port.ports;
  const range = first === last ? `${first}` : `${first}-${last}`;
  return {
    id: `${to}-from-${from}-${range}-${port.protocol}`,
    from,
    to,
    protocol: port.protocol,
    ports: port.ports,
    why: port.why,
    sure: port.sure,
  };
}

/** One rule per direction and range, with all reasons; sorted by id, so that the order of roles has no effect. */
function merge(rules: readonly TrafficRule[]): readonly TrafficRule[] {
  const byId = new Map<string, TrafficRule>();
  for (const r of rules) {
    const had = byId.get(r.id);
    if (!had) byId.set(r.id, r);
    else if (!had.why.split('; ').includes(r.why))
      byId.set(r.id, { ...had, why: `${had.why}; ${r.why}`, sure: surer(had.sure, r.sure) });
  }
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Drops rules that a wider rule covers, and adds their reasons to that rule. */
function withoutCovered(rules: readonly TrafficRule[]): readonly TrafficRule[] {
  const covers = (wide: TrafficRule, rule: TrafficRule) =>
    wide.id !== rule.id &&
    wide.to === rule.to &&
    wide.protocol === rule.protocol &&
    wide.ports[0] <= rule.ports[0] &&
    rule.ports[1] <= wide.ports[1] &&
    (wide.from === rule.from || wide.from === 'world' || (wide.from === 'cluster' && rule.from !== 'world'));
  const widest = (rule: TrafficRule) => rules.find((wide) => covers(wide, rule) && !rules.some((r) => covers(r, wide)));
  const kept = rules.filter((rule) => widest(rule) === undefined);
  const covered = rules.flatMap((rule) => {
    const wide = widest(rule);
    return wide === undefined ? [] : [{ ...wide, why: rule.why, sure: rule.sure }];
  });
  return merge([...kept, ...covered]);
}

/** H before M before L. */
function surer(a: TrafficRule['sure'], b: TrafficRule['sure']): TrafficRule['sure'] {
  return [a, b].sort()[0]!;
}
