import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parseClusterText } from '../../lib/declaration/read';
import { edges } from '../../lib/model/edges';
import { coreRoles, processesOf } from '../../lib/model/roles';
import { knownTo, parseVersion } from '../../lib/model/version';
import type { Pool } from '../../lib/topology/model';
import { planTopology } from '../../lib/topology/plan';
import { ROOT } from '../aws/synth';

/** The large example in the words of another version. */
function declared(version: string) {
  const text = readFileSync(join(ROOT, 'stacks', 'twenty-node.yaml'), 'utf8')
    .replace('version: "3.4"', `version: "${version}"`)
    .replace(', placementZones: [batch]', '')
    .replace(/^kato:\n( {2}.*\n)*/m, '');
  const number = parseVersion(version);
  const without = (pattern: RegExp, since: string) => (t: string) =>
    knownTo(number, { since }) ? t : t.replace(pattern, '');
  return [
    without(/^license.*\n/gm, '3.4'),
    without(/^ {2}front:.*\n/m, '3.0'),
    without(/^ {2}controller:.*\n/m, '2.10.4'),
  ].reduce((t, change) => change(t), text);
}

describe('the connections of the model', () => {
  for (const version of ['2.6', '2.10', '3.0', '3.2', '3.4', '3.6']) {
    it(`of ${version} are let through by the strict rules`, () => {
      const number = parseVersion(version);
      const topology = planTopology(parseClusterText(declared(version), version));
      assert.equal(topology.firewall, 'strict');
      const pools = [topology.core, ...Object.values(topology.pools)];
      const rolesOf = (pool: Pool) => [...pool.roles, 'base', ...(pool.name === 'core' ? coreRoles(number) : [])];
      const inside = topology.rules.filter((rule) => rule.from !== 'world' && rule.protocol !== 'udp');
      const closed: string[] = [];
      for (const from of pools) {
        const running = new Set(['kato', ...processesOf(number, rolesOf(from)).map((process) => process.name)]);
        for (const to of pools) {
          if (from.name === 'core' && to.name === 'core') continue;
          for (const edge of edges.filter((e) => knownTo(number, e) && e.from.some((name) => running.has(name)))) {
            const meant =
              edge.to === 'all' || (edge.to === 'core' ? to.name === 'core' : rolesOf(to).includes(edge.to));
            for (const port of meant ? edge.ports : []) {
              const open = topology.rules.some(
                (rule) =>
                  rule.to === to.name &&
                  [from.name, 'cluster', 'world'].includes(rule.from) &&
                  rule.protocol !== 'udp' &&
                  rule.ports[0] <= port &&
                  port <= rule.ports[1],
              );
              if (!open) closed.push(`${from.name} to ${to.name}:${port} (${edge.why})`);
            }
          }
        }
      }
      assert.deepEqual([closed, inside.length > 0], [[], true]);
    });
  }
});
