import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterSource } from '../../lib/rehearsal/source/source';
import type { Manifest } from '../../lib/topology/manifest';
import { ROOT } from '../aws/synth';
import type { EdgePlan } from '../rehearsal/port-edges';

/** A declaration of stacks/ with another name and the strict firewall. */
export const strict = (stack: string, name: string): string =>
  readFileSync(join(ROOT, 'stacks', `${stack}.yaml`), 'utf8').replace(/^name: .*$/m, `name: ${name}\nfirewall: strict`);

/** The five-node example with every role that there is; those whose ports others reach stand apart from the core. */
export const apart = (name: string): string =>
  strict('five-node', name)
    .replace('    size: large\n    diskGib: 200', '      - rabbit3\n    size: large\n    diskGib: 200')
    .replace('count: 3', 'count: 2')
    .replace(
      /^databases:/m,
      [
        '  router: { roles: [router], size: large }',
        '  front: { roles: [load_balancer], size: large }',
        '  control: { roles: [controller], size: large }',
        '  ports: { roles: [harbor], size: large, diskGib: 10 }',
        'databases:',
      ].join('\n'),
    );

/** What the port tables need to know of a synthesized cluster. */
export function edgePlan(source: ClusterSource, manifest: Manifest): EdgePlan {
  const nodes = Object.entries(manifest.nodes).map(([name, { roles, world }]) => ({ name, roles, world }));
  const rules = source.firewall ?? [];
  const guarded = source.databases.filter(({ host }) => rules.some((rule) => rule.at.includes(host)));
  // An operator reaches all others through the core.
  const logs = (node: { name: string; world: boolean }) => node.world || node.name === 'core';
  const asked = rules.some(({ name }) => name.includes('_login-'));
  return {
    version: manifest.version,
    nodes,
    databases: guarded.map((database) => ({
      ...database,
      usedBy: [database.port === 3306 ? 'mysql' : 'postgresql'],
    })),
    logins: asked ? nodes.filter(logs).map(({ name }) => name) : [],
  };
}
