import type { ClusterInput } from '../../lib/declaration/schema';

/** A declaration without anything wrong or worth a warning; a fresh one for every mutation. */
export function fixture() {
  return {
    name: 'mvp',
    hostname: 'paas.example.com',
    version: '3.6',
    admin: { email: 'ops@example.com', organization: 'Example', password: { secret: 'admin-password' } },
    license: { secret: 'license' },
    licenseGib: 100,
    core: { size: 'large', diskGib: 100, roles: [] as unknown[] },
    pools: {
      data: {
        roles: [{ 'data-services': { mysql: { database: 'apps' } } }] as unknown[],
        size: 'large',
        diskGib: 200 as number | undefined,
        count: 1,
      },
      dea: { roles: ['dea'] as unknown[], count: 2, size: 'large', placementZones: ['gold'] },
    } as Record<string, Record<string, unknown>>,
    databases: { apps: { engine: 'mysql', version: '5.7', storageGib: 50 } } as Record<string, Record<string, unknown>>,
    kato: { dea_ng: { 'resources/memory_max_percent': 85 } } as Record<string, Record<string, unknown>>,
    firewall: 'inside',
    protect: true,
    clouds: {
      aws: {
        region: 'us-west-2',
        zones: ['us-west-2a', 'us-west-2b'],
        image: 'ami-7d5fb21d' as unknown,
        network: { cidr: '10.0.0.0/16' } as Record<string, unknown>,
      },
    } as Record<string, Record<string, unknown>>,
  };
}

export type Fixture = ReturnType<typeof fixture>;

/** The fixture with changes, as what `defineCluster` takes. */
export function mutated(change: (f: Fixture) => void): ClusterInput {
  const f = fixture();
  change(f);
  return f as unknown as ClusterInput;
}
