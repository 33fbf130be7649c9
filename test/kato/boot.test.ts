import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { defineCluster } from '../../lib/declaration/define';
import type { ClusterInput } from '../../lib/declaration/schema';
import { defineRole } from '../../lib/kato/own-role';
import { dataServices, dea, loadBalancer, mysql, postgresql, router } from '../../lib/kato/roles';
import { KNOWN_VERSIONS } from '../../lib/kato/version';
import type { Pool } from '../../lib/topology/model';
import { planTopology } from '../../lib/topology/plan';
import { stepTexts } from '../../lib/topology/text';

const plan = (more: Partial<ClusterInput>) =>
  planTopology(
    defineCluster({
      name: 'mvp',
      hostname: 'p.e.org',
      admin: { email: 'o@e.org', organization: 'Acme', password: { secret: 'pw' } },
      pools: { dea: { roles: [dea()], size: 'large' }, data: { roles: dataServices(), size: 'large', diskGib: 50 } },
      ...more,
    }),
  );
const texts = (of: string, pool: Pool) => stepTexts(of, pool.boot);
const kato = (of: string, pool: Pool) => texts(of, pool).filter((t) => /^(sudo reboot|kato )/.test(t));

describe('the first boot', () => {
  it('of 2.6 is what was typed in January 2013, in that order', () => {
    const { core, pools } = plan({ version: '2.6' });
    assert.deepEqual(kato('2.6', core), [
      'kato rename p.e.org',
      'kato disable mdns',
      'sudo reboot',
      'kato setup core api.p.e.org',
      'kato enable stager',
    ]);
    assert.deepEqual(kato('2.6', pools['dea']!), ['kato attach -e dea ‹core.address›']);
    assert.equal(kato('2.6', pools['data']!)[0], 'kato attach -e data-services ‹core.address›');
  });

  it('of 2.10 has the later words, without a reboot, and a stager', () => {
    const { core } = plan({ version: '2.10' });
    assert.deepEqual(kato('2.10', core), [
      'kato role remove mdns',
      'kato node rename p.e.org --no-restart',
      'kato node setup core api.p.e.org',
      'kato role add stager',
      'kato node setup firstuser o@e.org -p ‹secret.pw›',
    ]);
  });

  it('of 3.6 follows the vendor’s order', () => {
    const { core, pools } = plan({
      version: '3.6',
      license: { secret: 'key' },
      licenseGib: 99,
      kato: { dea_ng: { a: 1 } },
    });
    assert.deepEqual(texts('3.6', core), [
      'until kato process ready all; do sleep 3; done',
      'kato role remove mdns',
      'kato node rename p.e.org --no-restart',
      'kato node setup core api.p.e.org',
      'check that kato node list shows primary controller router here, and nothing else',
      'make the cluster key of the key of this node',
      'share cluster-key: /home/stackato/.ssh/cluster_key /home/stackato/.ssh/cluster_key.pub',
      'trust the cluster key for logins between nodes',
      'kato license set ‹secret.key›',
      'kato license enable',
      'kato node setup firstuser -p ‹secret.pw› -u o@e.org o@e.org Acme',
      'kato config set --json dea_ng a 1',
    ]);
    assert.deepEqual(texts('3.6', pools['dea']!), [
      'until kato process ready all; do sleep 3; done',
      'wait for ‹core.address›:4222 (message bus)',
      'wait for ‹core.address›:7474 (configuration store)',
      'take cluster-key from the core',
      'trust the cluster key for logins between nodes',
      'kato node attach -e dea ‹core.address›',
      'check that kato node list shows dea here, and nothing else',
      'kato node availabilityzone ‹node.zone›',
    ]);
  });

  for (const of of KNOWN_VERSIONS) {
    it(`of ${of}: everything waits for readiness first, nothing is set before attach`, () => {
      const { core, pools } = plan({ version: of });
      for (const pool of [core, ...Object.values(pools)])
        assert.match(texts(of, pool)[0]!, /^until kato (process ready all|ready); do/);
      for (const pool of Object.values(pools)) {
        const all = texts(of, pool);
        const attach = all.findIndex((t) => / attach /.test(t));
        const bus = all.findIndex((t) => /:4222/.test(t));
        const store = all.findIndex((t) => (of >= '3' ? /:7474/ : /:8046/).test(t));
        assert.ok(bus > 0 && store > bus && attach > store, all.join('\n'));
        assert.ok(!all.slice(0, attach).some((t) => /^kato .*(config|relocate|zone)/.test(t)));
      }
      assert.equal(
        texts(of, core).some((t) => /enable stager|role add stager/.test(t)),
        of.startsWith('2'),
      );
      assert.equal(
        texts(of, core).some((t) => /firstuser/.test(t)),
        of === '2.10' || of >= '3',
      );
      assert.equal(
        texts(of, core).some((t) => /share cluster-key/.test(t)),
        of === '3.6',
      );
    });
  }

  it('with a MySQL on RDS sets what the vendor’s page sets, in its order', () => {
    const { pools } = plan({
      pools: { data: { roles: [mysql({ database: 'apps' })], diskGib: 50 } },
      databases: { apps: { engine: 'mysql' } },
    });
    assert.deepEqual(
      kato('3.6', pools['data']!).filter((t) => /config|restart/.test(t)),
      [
        'kato config set mysql_node mysql/host ‹database.apps.host›',
        'kato config set mysql_node mysql/user ‹database.apps.user›',
        'kato config set --json mysql_node mysql/pass "‹database.apps.password›"',
        'kato config set --json mysql_node mysql/port ‹database.apps.port›',
        'kato config set --json mysql_gateway external_datastore true',
        'kato config set --json mysql_node aws_rds_compat ‹database.apps.managed›',
        'kato restart mysql',
      ],
    );
    assert.deepEqual(pools['data']!.databases, ['apps']);
  });
  it('with a PostgreSQL outside sets all keys of the vendor’s page, and restarts its process last', () => {
    const { pools } = plan({
      pools: { data: { roles: [postgresql({ database: 'apps' })], diskGib: 50 } },
      databases: { apps: { engine: 'postgresql' } },
    });
    const set = kato('3.6', pools['data']!).filter((t) => /config|restart/.test(t));
    const keys = set.flatMap((t) => /config set (?:--json )?(\S+ \S+)/.exec(t)?.[1] ?? []).sort();
    const node = ['host', 'pass', 'port', 'user'].map((k) => `postgresql_node postgresql/${k}`);
    assert.deepEqual(keys, ['postgresql_gateway external_datastore', ...node]);
    assert.equal(set.at(-1), 'kato process restart postgresql_node');
  });
  it('before 3.6 has no external_datastore, before 3.0 no aws_rds_compat', () => {
    const of = (v: string) => {
      const { pools } = plan({
        version: v,
        pools: { data: { roles: [mysql({ database: 'apps' })], diskGib: 50 } },
        databases: { apps: { engine: 'mysql' } },
      });
      return texts(v, pools['data']!).join('\n');
    };
    assert.doesNotMatch(of('3.4'), /external_datastore/);
    assert.match(of('3.4'), /aws_rds_compat/);
    assert.doesNotMatch(of('2.10'), /aws_rds_compat/);
    assert.match(of('2.10'), /^kato restart mysql$/m);
  });

  for (const of of ['3.0', '3.4', '3.6']) {
    it(`of ${of}: routers and balancers wait for a certificate only where the core shares it`, () => {
      for (const word of [router, loadBalancer]) {
        const { core, pools } = plan({ version: of, pools: { dea: { roles: [dea()] }, front: { roles: [word()] } } });
        assert.ok(texts(of, pools['front']!).includes('take cluster-certificate from the core'));
        assert.ok(texts(of, core).some((t) => t.startsWith('share cluster-certificate: ')));
        assert.equal(texts(of, pools['front']!)[1], 'kato node rename p.e.org --no-restart');
      }
      assert.ok(!texts(of, plan({ version: of }).core).some((t) => /certificate/.test(t)));
    });
  }
  it('of a balancer attaches without roles, and then sets it up', () => {
    const { pools } = plan({ pools: { front: { roles: [loadBalancer()] } } });
    assert.deepEqual(kato('3.6', pools['front']!).slice(-2), [
      'kato node attach ‹core.address›',
      'kato node setup load_balancer --force',
    ]);
  });

  const elastic = defineRole({
    name: 'ready',
    options: z.strictObject({}),
    body: () => ({
      title: 'a service of your own',
      processes: ['es_node'],
      ports: [],
      before: ({ version }) => [{ do: 'run', words: ['before', version.text] }],
      after: () => [{ do: 'run', words: ['after'] }],
      onCore: () => [{ do: 'run', words: ['on-core'] }],
    }),
  });
  it('of a role of your own runs its steps before and after attach, and on the core, whatever its name is', () => {
    const { core, pools } = plan({ pools: { es: { roles: [elastic({})] } } });
    const all = texts('3.6', pools['es']!);
    const at = ['sudo before 3.6', 'kato node attach ‹core.address›', 'kato role add ready', 'sudo after'].map((t) =>
      all.indexOf(t),
    );
    assert.ok(texts('3.6', core).includes('sudo on-core'));
    assert.deepEqual(
      [...at].sort((a, b) => a - b),
      at,
      all.join('\n'),
    );
    const stages = pools['es']!.boot.map((s) => s.stage);
    assert.equal(stages.lastIndexOf('ready'), 0);
  });
  it('of a role of your own on the core runs them too', () => {
    const all = texts('3.6', plan({ core: { size: 'large', roles: [elastic({})] } }).core);
    const at = [
      'sudo before 3.6',
      'kato node setup core api.p.e.org',
      'kato role add ready',
      'sudo on-core',
      'sudo after',
    ].map((t) => all.indexOf(t));
    assert.deepEqual(
      [...at].sort((a, b) => a - b),
      at,
      all.join('\n'),
    );
    assert.ok(!at.includes(-1), all.join('\n'));
  });
});
