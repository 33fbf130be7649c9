import fc from 'fast-check';
import type { ClusterInput } from '../../lib/declaration/schema';
import { knowsAction } from '../../lib/kato/commands';
import { hasRole } from '../../lib/kato/role';
import { findRole, ROLE_GROUPS } from '../../lib/kato/roles';
import { KNOWN_VERSIONS } from '../../lib/kato/version';
import { version } from '../kato/version';

const label = fc
  .stringMatching(/^[a-z](-?[a-z0-9]){0,5}$/)
  .filter((n) => !['core', 'cluster', 'world', 'database', 'all'].includes(n));
const size = fc.constantFrom('medium', 'large', 'xlarge', '2xlarge');
const SERVICES = [...ROLE_GROUPS['data-services']!, 'rabbit3', 'harbor'];
type Role = NonNullable<ClusterInput['pools']>[string]['roles'][number];

/** Declarations of every kind in which nothing is wrong. */
export const declarations: fc.Arbitrary<ClusterInput> = fc
  .record({
    name: label,
    of: fc.constantFrom(...KNOWN_VERSIONS),
    license: fc.boolean(),
    firewall: fc.constantFrom('inside' as const, 'strict' as const),
    protect: fc.boolean(),
    zones: fc.integer({ min: 1, max: 3 }),
    egress: fc.constantFrom('nat' as const, 'public' as const, 'none' as const),
    bits: fc.integer({ min: 16, max: 20 }),
    coreDisk: fc.boolean(),
    mysql: fc.boolean(),
    postgresql: fc.boolean(),
    space: fc.option(fc.constantFrom('dev', 'a space', 'ünï'), { nil: undefined }),
    imdsv2: fc.boolean(),
    ssh: fc.boolean(),
    names: fc.uniqueArray(label, { minLength: 8, maxLength: 8 }),
    sizes: fc.array(size, { minLength: 8, maxLength: 8 }),
    counts: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 8, maxLength: 8 }),
    kinds: fc.uniqueArray(fc.constantFrom('dea', 'dea2', 'router', 'lb', 'controller', 'data', 'data2'), {
      minLength: 0,
      maxLength: 6,
    }),
    services: fc.subarray(SERVICES, { minLength: 2 }),
    values: fc.dictionary(
      fc.stringMatching(/^[a-z_]{1,8}(\/[a-z_]{1,8})?$/),
      fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant({ secret: 'token' }), fc.array(fc.string())),
    ),
  })
  .map((d): ClusterInput => {
    const v = version(d.of);
    const has = (name: string) => hasRole(v, findRole(name)!.role);
    const services = d.services.filter((s) => has(s) && !(s === 'harbor' && d.services.includes('rabbit')));
    const [first, second] = [services.filter((_, i) => i % 2 === 0), services.filter((_, i) => i % 2 === 1)];
    const roles = (names: string[]): Role[] =>
      names.map((n) =>
        (n === 'mysql' && d.mysql) || (n === 'postgresql' && d.postgresql) ? { [n]: { database: n } } : n,
      );
    const pools: NonNullable<ClusterInput['pools']> = {};
    const used = new Set<string>();
    d.kinds.forEach((kind, i) => {
      const pool = { size: d.sizes[i]!, count: d.counts[i]! };
      const name = d.names[i]!;
      if (kind.startsWith('dea'))
        pools[name] = {
          ...pool,
          roles: ['dea'],
          placementZones: kind === 'dea2' && knowsAction(v, 'placement-zone') ? ['gold'] : [],
        };
      if (kind === 'router') pools[name] = { ...pool, roles: ['router'] };
      if (kind === 'lb' && has('load_balancer')) pools[name] = { ...pool, roles: ['load_balancer'] };
      if (kind === 'controller' && has('controller')) pools[name] = { ...pool, roles: ['controller'] };
      const mine = kind === 'data' ? first : kind === 'data2' ? second : [];
      if (!mine.length) return;
      pools[name] = { ...pool, roles: roles(mine), diskGib: 50 };
      for (const role of mine) used.add(role);
    });
    const databases: NonNullable<ClusterInput['databases']> = {};
    if (d.mysql && used.has('mysql')) databases['mysql'] = { engine: 'mysql' };
    if (d.postgresql && used.has('postgresql')) databases['postgresql'] = { engine: 'postgresql', multiZone: true };
    return {
      name: d.name,
      hostname: `${d.name}.example.com`,
      version: d.of,
      admin: {
        email: 'ops@example.com',
        organization: 'Example',
        password: { secret: 'pw' },
        ...(d.space ? { space: d.space } : {}),
      },
      ...(d.license && knowsAction(v, 'license-set') ? { license: { secret: 'license' } } : {}),
      core: { ...(d.coreDisk ? { diskGib: 20 } : {}) },
      pools,
      databases,
      kato: { dea_ng: d.values },
      firewall: d.firewall,
      protect: d.protect,
      clouds: {
        aws: {
          region: 'us-west-2',
          zones: ['us-west-2a', 'us-west-2b', 'us-west-2c'].slice(0, d.zones),
          image: { id: 'ami-7d5fb21d', imdsv2: d.imdsv2 },
          network: { cidr: `10.0.0.0/${d.bits}`, egress: d.egress },
          sshFrom: d.ssh ? ['203.0.113.0/24'] : [],
        },
      },
    };
  });
