import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ToolError } from '../../lib/base/input';
import { openstackProblems } from '../../lib/cloud-api/openstack/preflight';
import type { OpenstackNeeds, ReadApi } from '../../lib/cloud-api/openstack/wanted';

const FLAVORS = [
  { id: '1', name: 'l', vcpus: 4, ram: 8192 },
  { id: '2', name: 'xl', vcpus: 8, ram: 16384 },
];

/** A cloud with these limits of Nova, Cinder and Neutron. */
function cloud(limits: {
  compute?: Record<string, number>;
  volume?: Record<string, number>;
  network?: Record<string, object> | number | undefined;
}): ReadApi {
  return {
    projectId: 'p',
    has: () => true,
    list: (_service, _path, key) => Promise.resolve(key === 'flavors' ? FLAVORS : []),
    call: (service) =>
      Promise.resolve({ limits: { absolute: limits[service as 'compute' | 'volume'] ?? {} } } as Record<
        string,
        unknown
      >),
    find: () =>
      typeof limits.network === 'number'
        ? Promise.reject(new ToolError(`network GET /quotas/p/details.json was refused (${limits.network})`))
        : Promise.resolve(limits.network && { quota: limits.network }),
  };
}

const lines = async (api: ReadApi, needs: OpenstackNeeds) =>
  (await openstackProblems(api, needs)).map(({ path, message }) => `${path}: ${message}`);

describe('the quota of a project', () => {
  const compute = { maxTotalInstances: 10, totalInstancesUsed: 9, maxTotalCores: 40, totalCoresUsed: 36 };

  it('is told where it would be overrun', async () => {
    assert.deepEqual(await lines(cloud({ compute }), { servers: { l: 2 } }), [
      'quota.instances: 2 more servers are needed, 1 of 10 are left; delete some, or ask for a quota of 11',
      'quota.cores: 8 more cores are needed, 4 of 40 are left; delete some, or ask for a quota of 44',
    ]);
  });
  it('is no limit at -1, nor where a service says nothing', async () => {
    const api = cloud({ compute: { ...compute, maxTotalInstances: -1, maxTotalCores: -1 } });
    assert.deepEqual(await lines(api, { servers: { l: 200 } }), []);
    assert.deepEqual(await lines(cloud({}), { servers: { l: 200 }, quota: { gigabytes: 9000 } }), []);
  });
  it('is asked for by how much servers and volumes grow', async () => {
    assert.deepEqual(await lines(cloud({ compute }), { servers: { xl: 2, l: -2 } }), [
      'quota.cores: 8 more cores are needed, 4 of 40 are left; delete some, or ask for a quota of 44',
    ]);
    // smaller fits also where there is more already than there may be
    const full = { ...compute, totalCoresUsed: 99 };
    assert.deepEqual(await lines(cloud({ compute: full }), { servers: { xl: -1, l: 1 } }), []);
  });
  it('limits the servers of one server group', async () => {
    const groups = { 'openstack_compute_instance_v2.dea': 11, 'openstack_compute_instance_v2.router': 10 };
    assert.deepEqual(await lines(cloud({ compute: { maxServerGroupMembers: 10 } }), { groups }), [
      'openstack_compute_instance_v2.dea: 11 servers of one pool would be in one server group, which may have 10; write antiAffinity: none, split the pool, or ask for a quota (server_group_members) of 11',
    ]);
    assert.deepEqual(await lines(cloud({ compute: { maxServerGroupMembers: -1 } }), { groups }), []);
  });
  it('of networks is that of Neutron, where it shows it', async () => {
    const network = { subnet: { limit: 1, used: 1, reserved: 0 }, port: { limit: 500, used: 498, reserved: 1 } };
    const quota = { subnets: 1, ports: 2 };
    assert.deepEqual(await lines(cloud({ network }), { quota }), [
      'quota.subnets: 1 more subnets are needed, 0 of 1 are left; delete some, or ask for a quota of 2',
      'quota.ports: 2 more ports are needed, 1 of 500 are left; delete some, or ask for a quota of 501',
    ]);
    for (const silent of [undefined, 403]) assert.deepEqual(await lines(cloud({ network: silent }), { quota }), []);
    await assert.rejects(lines(cloud({ network: 500 }), { quota }), ToolError);
  });
});
