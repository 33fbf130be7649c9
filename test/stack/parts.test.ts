import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { App } from 'cdktf';
import { ROOM } from '../../lib/declaration/clouds';
import { defineCluster, parseCluster } from '../../lib/declaration/define';
import type { ClusterInput } from '../../lib/declaration/schema';
import { planAddresses, planSubnet } from '../../lib/topology/addresses';
import { AwsClusterStack } from '../../stacks/aws';
import { OpenStackClusterStack } from '../../stacks/openstack';

/** A cluster with every part that there can be. */
const everything: ClusterInput = {
  name: 'all-parts',
  hostname: 'paas.example.com',
  admin: { email: 'ops@example.com', organization: 'Example', password: { secret: 'pw' } },
  firewall: 'strict',
  core: { diskGib: 20 },
  pools: {
    a: { roles: ['router'] },
    sql: { roles: [{ mysql: { database: 'apps' } }, { postgresql: { database: 'more' } }], diskGib: 20 },
    dea: { roles: ['dea'] },
  },
  databases: { apps: { engine: 'mysql' }, more: { engine: 'postgresql' } },
  clouds: {
    aws: {
      region: 'us-west-2',
      zones: ['us-west-2a'],
      image: 'ami-7d5fb21d',
      loadBalancer: true,
      dns: { zoneId: 'Z0123456789' },
      sshFrom: ['10.0.0.0/8'],
    },
    openstack: {
      image: 'stackato',
      network: { externalNetwork: 'public' },
      publicKey: 'ssh-rsa AAAA ops',
      loadBalancer: true,
      dns: { zone: 'example.com', email: 'ops@example.com' },
      sshFrom: ['10.0.0.0/8'],
      databases: {
        apps: { host: 'a', password: { secret: 'a' } },
        more: { host: 'b', password: { secret: 'b' } },
      },
    },
  },
};

describe('the parts of a cluster', () => {
  const cluster = defineCluster(everything);
  for (const Stack of [AwsClusterStack, OpenStackClusterStack]) {
    it(`lend their names to no pool: ${Stack.name}`, () => {
      const parts = new Stack(new App(), 'test', { cluster }).cluster.node.children.map((c) => c.node.id);
      assert.ok(parts.length > 15);
      // longer names no pool can have, nor any with a capital letter
      for (const id of parts.filter((part) => !Object.hasOwn(cluster.pools, part) && /^[a-z0-9-]{1,24}$/.test(part))) {
        const result = parseCluster({ ...everything, pools: { ...everything.pools, [id]: { roles: ['dea'] } } });
        const rules = 'problems' in result ? result.problems.map((p) => p.rule) : [];
        assert.ok(rules.includes('name-taken') || rules.includes('name-reserved'), `${id}: ${rules.join(' ')}`);
      }
    });
  }
  it('say which cloud is missing', () => {
    for (const Stack of [AwsClusterStack, OpenStackClusterStack])
      assert.throws(
        () => new Stack(new App(), 'test', { cluster: { ...cluster, clouds: {} } }),
        /required to deploy on (AWS|OpenStack)/,
      );
  });
});

describe('the room of a network', () => {
  const size = (cidr: string) => 2 ** (32 - Number(cidr.split('/')[1]));
  const number = (address: string) => address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);

  it('is what its addresses are divided into', () => {
    for (const length of [8, 16, 19, 20])
      for (const zones of [1, 3, 6]) {
        const { publicSubnets, privateSubnets } = planAddresses(`10.0.0.0/${length}`, zones);
        const room = [...publicSubnets, ...privateSubnets].reduce((sum, cidr) => sum + size(cidr) - 5, 0);
        assert.equal(ROOM.aws(length, zones), room, `/${length} ${zones}`);
      }
    for (const length of [8, 16, 26]) {
      const { first, last } = planSubnet(`10.0.0.0/${length}`);
      assert.equal(ROOM.openstack(length, 1), number(last) - number(first) + 1);
    }
  });
});
