import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { InputError } from '../../lib/base/input';
import { defineCluster } from '../../lib/declaration/define';
import { overlaps, parseCidr } from '../../lib/declaration/fields';
import { readCluster } from '../../lib/declaration/read';
import { defineRole } from '../../lib/kato/own-role';
import { planAddresses } from '../../lib/topology/addresses';
import { topologyMermaid } from '../../lib/topology/mermaid';
import { planTopology } from '../../lib/topology/plan';
import { spread } from '../../lib/topology/spread';
import { stepTexts, topologyText } from '../../lib/topology/text';
import { type Fixture, fixture, mutated } from '../declaration/fixture';

const plan = (change: (f: Fixture) => unknown = () => undefined) =>
  planTopology(defineCluster(mutated((f) => void change(f))));
const stack = (name: string) => planTopology(readCluster(join(__dirname, '..', '..', '..', 'stacks', `${name}.yaml`)));
const reversed = <T>(record: Record<string, T>) => Object.fromEntries(Object.entries(record).reverse());

describe('a topology', () => {
  it('is the same to the byte every time', () => assert.equal(JSON.stringify(plan()), JSON.stringify(plan())));
  it('is plain data', () => assert.deepEqual(JSON.parse(JSON.stringify(plan())), plan()));
  it('does not see the order of keys and roles', () => {
    const more = (f: Fixture) => {
      f.databases['reports'] = { engine: 'postgresql' };
      f.kato['router2g'] = { b: 1, a: 2 };
      f.pools['sql'] = { roles: [{ postgresql: { database: 'reports' } }, 'rabbit3', 'redis'], diskGib: 50 };
      f.pools['data']!['roles'] = [{ mysql: { database: 'apps' } }, 'memcached'];
    };
    const other = plan((f) => {
      more(f);
      f.pools = reversed(f.pools);
      f.databases = reversed(f.databases);
      f.kato = reversed(f.kato);
      f.kato['router2g'] = reversed(f.kato['router2g']!);
      for (const pool of Object.values(f.pools)) (pool['roles'] as unknown[]).reverse();
    });
    assert.deepEqual(other, plan(more));
    assert.ok(JSON.stringify(other) === JSON.stringify(plan(more)), 'the order of keys');
  });
  it('gets one node more by count, and nothing else', () => {
    const [two, three] = [plan(), plan((f) => (f.pools['dea']!['count'] = 3))];
    const { nodes, ...dea } = three.pools['dea']!;
    assert.deepEqual(Object.keys(nodes), ['dea-1', 'dea-2', 'dea-3']);
    const { 'dea-3': added, ...rest } = nodes;
    assert.deepEqual(added, { ordinal: 2 });
    assert.deepEqual({ ...three, pools: { ...three.pools, dea: { ...dea, nodes: rest } } }, two);
  });
  it('opens only the balancer to the world when one stands before the routers', () => {
    const front = { roles: ['load_balancer'] };
    const to = (change: (f: Fixture) => unknown) => {
      const { core, pools, rules } = plan(change);
      const open = [core, ...Object.values(pools)].filter(({ world }) => world).map(({ name }) => name);
      assert.deepEqual([...new Set(rules.filter(({ from }) => from === 'world').map((r) => r.to))], open);
      return open;
    };
    assert.deepEqual(
      to((f) => (f.pools['router'] = { roles: ['router'] })),
      ['router'],
    );
    assert.deepEqual(
      to((f) => Object.assign(f.pools, { front, router: { roles: ['router'] } })),
      ['front'],
    );
    // what a pool serves to the world beside its router stays open
    assert.deepEqual(
      to((f) => Object.assign(f.pools, { front, router: { roles: ['router', 'harbor'], diskGib: 20 } })),
      ['front', 'router'],
    );
    const { pools } = plan((f) =>
      Object.assign(f.pools, { front, router: { roles: ['router', 'harbor'], diskGib: 20 } }),
    );
    assert.ok(!pools['router']!.ports.some(({ from, ports }) => from === 'world' && ports[0] === 443));
  });
  it('tells who reads which secret and database', () => {
    const { core, pools, secrets } = plan((f) => (f.kato['aok'] = { 'strategy/ldap/bind_dn': { secret: 'ldap' } }));
    assert.deepEqual(core.secrets, ['admin-password', 'ldap', 'license']);
    assert.deepEqual([pools['data']!.secrets, pools['data']!.databases], [[], ['apps']]);
    assert.deepEqual([pools['dea']!.secrets, pools['dea']!.databases], [[], []]);
    assert.deepEqual(secrets, ['admin-password', 'ldap', 'license']);
  });
  it('says what is kept, and where', () => {
    const { core, pools, databases } = plan();
    assert.deepEqual([core.keeps, pools['data']!.keeps, pools['dea']!.keeps], [true, true, false]);
    const disk = { gib: 100, mount: '/mnt/stackato', relocate: ['services', 'data', 'droplets'] };
    assert.deepEqual(core.disk, { ...disk, keeps: ['primary', 'controller'] });
    assert.deepEqual(pools['data']!.disk!.relocate, ['services']);
    assert.deepEqual(databases['apps']!.usedBy, [{ pool: 'data', role: 'mysql' }]);
  });
  it('counts a role of your own that does not say what it keeps as keeping data', () => {
    const own = (keeps: object) =>
      defineRole({
        name: 'own',
        options: z.strictObject({}),
        body: () => ({ title: 'a role of your own', processes: ['own'], ports: [], ...keeps }),
      })({});
    const pool = (keeps: object, diskGib?: number) =>
      plan((f) => (f.pools['own'] = { roles: [own(keeps)], ...(diskGib ? { diskGib } : {}) })).pools['own']!;
    assert.deepEqual([pool({}, 50).keeps, pool({}, 50).disk?.keeps], [true, ['own']]);
    assert.deepEqual([pool({}).keeps, pool({}).disk], [true, undefined]);
    assert.equal(pool({ keeps: 'nothing' }).keeps, false);
  });
  it('shows the core to the world only where nothing stands before it', () => {
    assert.equal(plan().core.world, true);
    const fronted = plan((f) => (f.pools['router'] = { roles: ['router'] }));
    assert.deepEqual(
      [fronted.core.world, fronted.pools['router']!.world, fronted.pools['dea']!.world],
      [false, true, false],
    );
  });
  it('deals nodes out over the zones in turn', () => {
    assert.deepEqual(spread(plan((f) => (f.pools['dea']!['count'] = 4)).pools['dea']!, ['a', 'b', 'c']), {
      'dea-1': 0,
      'dea-2': 1,
      'dea-3': 2,
      'dea-4': 0,
    });
  });
});

describe('the firewall', () => {
  const lines = (t: ReturnType<typeof stack>) =>
    t.rules.map((r) => `${r.from} ${r.to} ${r.ports.join('-')} ${r.protocol}`);
  const from = (t: ReturnType<typeof stack>, who: string) => lines(t).filter((l) => l.startsWith(`${who} `));

  it('of the MVP lets the world to 80 and 443 of the core, nodes to each other, and services and apps to their database', () => {
    assert.deepEqual(lines(stack('mvp')), [
      'cluster cluster 0-65535 all',
      'world core 443-443 tcp',
      'world core 80-80 tcp',
      'data database:apps 3306-3306 tcp',
      'dea database:apps 3306-3306 tcp',
    ]);
  });
  it('of routers of their own shows the world those alone', () => {
    const t = plan((f) => (f.pools['router'] = { roles: ['router'] }));
    assert.deepEqual(from(t, 'world'), ['world router 443-443 tcp', 'world router 80-80 tcp']);
  });
  it('of harbor opens its ports to the world, of both protocols', () => {
    const t = plan((f) => (f.pools['ports'] = { roles: ['harbor'], diskGib: 20 }));
    assert.deepEqual(
      from(t, 'world').filter((l) => / ports /.test(l)),
      ['world ports 35000-40000 tcp', 'world ports 35000-40000 udp'],
    );
  });
  it('of a role of your own opens what it listens on', () => {
    const own = defineRole({
      name: 'gateway',
      options: z.strictObject({}),
      body: () => ({
        title: 'a gateway of your own',
        processes: ['gateway'],
        ports: [
          { ports: [8443, 8443], from: 'world', why: 'its clients', sure: 'L' },
          { ports: [9200, 9200], from: ['dea'], why: 'applications', sure: 'L' },
        ],
      }),
    });
    const t = plan((f) => {
      f.firewall = 'strict';
      f.pools['own'] = { roles: [own({})] };
    });
    assert.ok(lines(t).includes('world own 8443-8443 tcp'));
    assert.deepEqual(
      lines(t).filter((l) => / own 9200/.test(l)),
      ['dea own 9200-9200 tcp'],
    );
  });

  const twenty = stack('twenty-node');
  for (const [to, ports] of [
    [
      'core',
      [
        'controller 5432',
        'cluster 4222',
        'cluster 7474',
        'cluster 6464',
        'cluster 22',
        'router 4567',
        'dea 6379',
        'batch 9022',
        'router 8181',
        'dea 8181',
        'front 80',
        'front 443',
      ],
    ],
    ['router', ['front 80', 'front 443', 'core 9025', 'controller 9025', 'cluster 22']],
    ['front', ['world 80', 'world 443', 'cluster 22']],
    ['dea', ['core 9022', 'controller 9022', 'router 41000', 'core 41000']],
    ['sql', ['dea 3306', 'core 5432', 'controller 41000', 'batch 3306']],
    ['other', ['dea 5000', 'dea 15001', 'core 41000', 'batch 35001', 'dea 45001']],
  ] as const) {
    it(`of twenty nodes, strict, lets through to ${to} what its roles need`, () => {
      const allowed = (from: string, port: number) =>
        twenty.rules.some(
          (r) => r.to === to && [from, 'cluster', 'world'].includes(r.from) && r.ports[0] <= port && port <= r.ports[1],
        );
      const cut = ports.filter((p) => !allowed(p.split(' ')[0]!, Number(p.split(' ')[1])));
      assert.deepEqual(cut, []);
    });
  }
  it('of twenty nodes, strict, lets nothing else through', () => {
    assert.ok(!lines(twenty).some((l) => / all$/.test(l) || l === 'cluster cluster 0-65535 all'));
    assert.deepEqual(
      from(twenty, 'world')
        .map((l) => l.split(' ')[1])
        .filter((to) => to !== 'front'),
      [],
    );
    for (const no of [/^dea dea 3306/, /^router sql (3306|5432|41000)/, /^dea router /, /^world core/, /^core core/])
      assert.ok(!lines(twenty).some((l) => no.test(l)), String(no));
  });
  it('has no rule inside of another, whose reasons it then has', () => {
    const rule = (id: string) => twenty.rules.find((r) => r.id === id);
    assert.equal(rule('core-from-cluster-7474-tcp'), undefined);
    assert.equal(rule('core-from-cluster-7000-7999-tcp')?.why, 'kato log tail; configuration store');
    assert.equal(rule('router-from-world-443-tcp'), undefined);
    assert.deepEqual(rule('router-from-front-443-tcp')?.ports, [443, 443]);
    assert.equal(rule('other-from-dea-45001-50000-tcp'), undefined);
    assert.equal(rule('other-from-dea-41000-61000-tcp')?.sure, 'H');
  });
  it('has a name for every rule, once, in order', () => {
    for (const t of [twenty, stack('mvp'), stack('five-node')]) {
      const ids = t.rules.map((r) => r.id);
      assert.deepEqual(ids, [...new Set(ids)].sort());
    }
  });
});

describe('addresses', () => {
  it('of a /16', () => {
    assert.deepEqual(planAddresses('10.0.0.0/16', 3), {
      network: '10.0.0.0/16',
      publicSubnets: ['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24'],
      privateSubnets: ['10.0.16.0/20', '10.0.32.0/20', '10.0.48.0/20'],
      coreAddress: '10.0.0.10',
    });
  });
  it('of the smallest, a /20', () => {
    assert.deepEqual(planAddresses('192.168.16.0/20', 6), {
      network: '192.168.16.0/20',
      publicSubnets: [0, 32, 64, 96, 128, 160].map((n) => `192.168.16.${n}/27`),
      privateSubnets: [17, 18, 19, 20, 21, 22].map((n) => `192.168.${n}.0/24`),
      coreAddress: '192.168.16.10',
    });
  });
  it('do not overlap, lie inside, and stay when a zone is added', () => {
    const network = fc.tuple(fc.integer({ min: 8, max: 20 }), fc.nat(255), fc.nat(255)).map(([length, b, c]) => {
      const base = 10 * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8;
      const aligned = base - (base % 2 ** (32 - length));
      return `${[24, 16, 8, 0].map((s) => Math.floor(aligned / 2 ** s) % 256).join('.')}/${length}`;
    });
    fc.assert(
      fc.property(network, fc.integer({ min: 1, max: 6 }), (cidr, zones) => {
        const p = planAddresses(cidr, zones);
        const all = [...p.publicSubnets, ...p.privateSubnets].map((s) => parseCidr(s)!);
        assert.ok(all.every(Boolean), JSON.stringify(p));
        const pairs = all.flatMap((a, i) => all.slice(i + 1).map((b) => [a, b] as const));
        assert.ok(!pairs.some(([a, b]) => overlaps(a, b)), JSON.stringify(p));
        const whole = parseCidr(cidr)!;
        assert.ok(all.every((a) => a.length >= 20 && a.length <= 28 && a.length > whole.length && overlaps(a, whole)));
        const more = planAddresses(cidr, 6);
        assert.deepEqual(more.publicSubnets.slice(0, zones), p.publicSubnets);
        assert.deepEqual(more.privateSubnets.slice(0, zones), p.privateSubnets);
        assert.ok(overlaps(parseCidr(`${p.coreAddress}/32`)!, all[0]!));
      }),
      { seed: 36 },
    );
  });
  it('of what cannot be divided are refused in words', () => {
    for (const [cidr, zones] of [
      ['10.0.0.0/21', 1],
      ['10.0.0.0/16', 7],
      ['nonsense', 1],
    ] as const)
      assert.throws(() => planAddresses(cidr, zones), InputError);
  });
});

describe('a picture', () => {
  it('in text says who is who, and ends every line where its words end', () => {
    const text = topologyText(plan(), { boot: false, rules: false });
    assert.equal(
      text,
      [
        'cluster mvp · Stackato 3.6 · api.paas.example.com · firewall inside',
        '',
        'world ─443─► router@core ──► dea-1 dea-2          all nodes ─4222─► core',
        '',
        'core     large  100 GiB kept  primary controller router',
        'data ×1  large  200 GiB kept  mysql postgresql redis mongodb rabbit memcached filesystem ──► database apps (mysql 5.7, 50 GiB)',
        'dea ×2   large                dea',
        '',
      ].join('\n'),
    );
    assert.doesNotMatch(topologyText(plan()), /[ \t]$/m);
  });
  it('in text has words that a shell reads as they are meant, quotes in them too', () => {
    const action = { do: 'run', words: ['echo', "it's here", 'there', ''] } as const;
    assert.deepEqual(stepTexts('3.6', [{ stage: 'x', action }]), ["sudo echo 'it'\\''s here' there ''"]);
  });
  it('in text shows no secret, only its name', () => {
    assert.match(topologyText(plan()), /firstuser -p ‹secret\.admin-password›/);
  });
  it('in Mermaid has every pool, database and arrow', () => {
    const text = topologyMermaid(stack('five-node'));
    for (const line of [
      'flowchart LR',
      '  core["core: primary, controller, router, 100 GiB kept"]',
      '  dea["dea ×3: dea"]',
      '  db_apps[("apps: mysql 5.7, 50 GiB")]',
      '  world((world)) -->|443| core',
      '  core -->|apps| dea',
      '  dea -->|4222| core',
      '  data -->|mysql| db_apps',
      '  data -->|postgresql| db_reports',
    ])
      assert.ok(text.split('\n').includes(line), `${line}\n${text}`);
  });
  it('is drawn of any cluster', () => {
    assert.ok(fixture());
    for (const name of ['micro', 'mvp', 'three-node', 'five-node', 'twenty-node']) {
      assert.ok(topologyText(stack(name)).length > 200);
      assert.match(topologyMermaid(stack(name)), /^flowchart LR\n/);
    }
  });
});
