import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ToolError } from '../../lib/base/input';
import { openstackProblems } from '../../lib/cloud-api/openstack/preflight';
import { openstackRules } from '../../lib/cloud-api/openstack/rules';
import type { ReadApi } from '../../lib/cloud-api/openstack/wanted';

const GIB = 2 ** 30;
const lists: Readonly<Record<string, readonly Record<string, unknown>[]>> = {
  flavors: [
    { id: '1', name: 'm1.tiny', disk: 1, ram: 512 },
    { id: '5', name: 'm1.volume', disk: 0, ram: 4096 },
  ],
  images: [
    { id: 'i1', name: 'stackato', status: 'active', min_disk: 20, min_ram: 2048, virtual_size: 8 * GIB },
    { id: 'i2', name: 'plain', status: 'active', min_disk: 0, min_ram: 0, virtual_size: 1.5 * GIB },
  ],
  subnets: [
    { id: 's1', network_id: 'n1', cidr: '10.9.0.0/24', gateway_ip: '10.9.0.1' },
    { id: 's6', network_id: 'n1', cidr: 'fd00::/64' },
    { id: 's8', network_id: 'n2', cidr: '10.10.0.0/24' },
    { id: 's9', network_id: 'n2', cidr: '10.11.0.0/24' },
  ],
  networks: [
    { id: 'n1', name: 'paas', project_id: 'p' },
    { id: 'n2', name: 'shared', tenant_id: 'somebody' },
    { id: 'e1', name: 'public' },
    { id: 'e2', name: 'other' },
  ],
  routers: [{ id: 'r1', external_gateway_info: { network_id: 'e1' } }],
  keypairs: [{ keypair: { name: 'ops' } }],
  ports: [
    { id: 'w1', device_owner: 'network:router_interface', device_id: 'r1', fixed_ips: [{ subnet_id: 's6' }] },
    { id: 'w2', device_owner: 'network:router_interface', device_id: 'r9', fixed_ips: [{ subnet_id: 's9' }] },
    { id: 'p1', name: 'printer', fixed_ips: [{ subnet_id: 's1', ip_address: '10.9.0.11' }] },
  ],
  volume_types: [{ id: 'v1', name: 'fast' }],
  zones: [{ id: 'z1', name: 'example.com.' }],
};

function cloud(has: readonly string[], down: readonly string[] = []): ReadApi {
  return {
    projectId: 'p',
    has: (service) => has.includes(service),
    find: () => Promise.resolve(undefined),
    list: (_service, _path, key) => Promise.resolve([...(lists[key] ?? [])]),
    call: (service) =>
      down.includes(service)
        ? Promise.reject(new ToolError(`${service} GET got no answer`, undefined, 'ECONNREFUSED'))
        : Promise.resolve({}),
  };
}

const lines = async (api: ReadApi, needs: Parameters<typeof openstackProblems>[1]) =>
  (await openstackProblems(api, needs)).map(({ path, message, rule }) => `${path}: ${message} [${rule}]`);

describe('what a cloud must have for a plan, besides names and quota', () => {
  it('is every service, and one that answers', async () => {
    const services = { lb: 'load-balancer', zone: 'dns', key: 'key-manager' };
    assert.deepEqual(await lines(cloud(['load-balancer', 'dns', 'key-manager']), { services }), []);
    assert.deepEqual(await lines(cloud(['dns', 'key-manager'], ['dns']), { services }), [
      'lb: the cloud has no service for load-balancer (Octavia); remove loadBalancer: the routers then answer on their own addresses [openstack-service]',
      'zone: the service for dns (Designate) fails: dns GET got no answer: ECONNREFUSED; remove dns, and make the names elsewhere [openstack-service]',
    ]);
  });

  it('is room for the image, on the disk of the flavor or on the root volume, once for nodes that are alike', async () => {
    const roots = {
      'dea["dea-1"]': { flavor: 'm1.tiny', image: 'stackato' },
      'dea["dea-2"]': { flavor: 'm1.tiny', image: 'stackato' },
      core: { flavor: 'm1.volume', image: 'i1', gib: 10 },
      front: { flavor: 'm1.tiny', image: 'plain' },
    };
    assert.deepEqual(await lines(cloud([]), { roots }), [
      'dea["dea-1"]: image "stackato" needs a disk of 20 GiB, flavor m1.tiny has 1 GiB; write rootGib: 20, or a larger size [openstack-root-disk]',
      'dea["dea-1"]: image "stackato" needs 2048 MiB of memory, flavor m1.tiny has 512; write a larger size [openstack-root-memory]',
      'core: image "stackato" needs a disk of 20 GiB, rootGib is 10; write rootGib: 20, or a larger size [openstack-root-disk]',
      'front: image "plain" needs a disk of 2 GiB, flavor m1.tiny has 1 GiB; write rootGib: 2, or a larger size [openstack-root-disk]',
    ]);
    const fits = {
      core: { flavor: 'm1.volume', image: 'i1', gib: 20 },
      any: { flavor: 'm1.volume', image: 'stackato' },
      gone: { flavor: 'm9', image: 'stackato' },
    };
    assert.deepEqual(await lines(cloud([]), { roots: fits }), []);
  });

  it('is the subnet, and the address in it', async () => {
    const places = {
      away: { network: 'n1', subnet: 's2' },
      other: { network: 'n2', subnet: 's1' },
      'dea["dea-1"]': { network: 'n2', subnet: 's1' },
      far: { network: 'n1', subnet: 's1', address: '10.9.1.10' },
      six: { network: 'n1', subnet: 's6', address: '10.9.0.10' },
      gateway: { network: 'n1', subnet: 's1', address: '10.9.0.1' },
      core: { network: 'n1', subnet: 's1', address: '10.9.0.11' },
      fits: { network: 'n1', subnet: 's1', address: '10.9.0.12' },
      any: { network: 'n1', subnet: 's1' },
    };
    assert.deepEqual(await lines(cloud([]), { places }), [
      'away: subnet s2 does not exist (network n1 has s1, s6) [openstack-subnet]',
      'other: subnet s1 belongs to network n1, not n2; write networkId: n1 [openstack-subnet]',
      'far: address 10.9.1.10 is not in 10.9.0.0/24 of subnet s1; write one that is [openstack-subnet]',
      'six: address 10.9.0.10 is not in fd00::/64 of subnet s6; write one that is [openstack-subnet]',
      'gateway: address 10.9.0.1 is the gateway of subnet s1; write another [openstack-subnet]',
      'core: address 10.9.0.11 is taken by port p1 (printer); write another [openstack-subnet]',
    ]);
  });

  it('is the type of volume', async () => {
    assert.deepEqual(await lines(cloud([]), { volumeTypes: { data: 'fats' } }), [
      'data: volume type "fats" does not exist; did you mean "fast"? (the cloud shows fast) [openstack-volume-type]',
    ]);
  });

  it('is a way from the subnet to where floating addresses come from', async () => {
    const reaches = {
      none: { subnet: 's1', outside: 'public' },
      leads: { subnet: 's6', outside: 'public' },
      byId: { subnet: 's6', outside: 'e1' },
      elsewhere: { subnet: 's6', outside: 'other' },
      // what others have may not be shown
      theirs: { subnet: 's8', outside: 'public' },
      hidden: { subnet: 's9', outside: 'public' },
      gone: { subnet: 's7', outside: 'public' },
    };
    assert.deepEqual(await lines(cloud([]), { reaches }), [
      'none: subnet s1 has no router, so no floating address reaches it; add one, or remove externalNetwork [openstack-router]',
      'elsewhere: no router of subnet s6 leads to other; set its gateway there [openstack-router]',
    ]);
  });

  it('is no key pair of the name of one to make', async () => {
    assert.deepEqual(await lines(cloud([]), { newKeyPairs: { key: 'ops', other: 'mvp' } }), [
      'key: key pair "ops" exists already; write keyName: ops instead of publicKey, or delete it [openstack-key-pair]',
    ]);
  });

  it('is a zone for its names: none of that name to make it, or the one that holds them', async () => {
    const names = {
      zones: { made: 'example.com.', new: 'example.org.' },
      records: {
        name: { zone: 'z1', name: 'paas.example.com.' },
        self: { zone: 'z1', name: 'example.com.' },
        far: { zone: 'z1', name: 'paas-example.com.' },
        gone: { zone: 'z2', name: 'paas.example.com.' },
        wildcard: { zone: 'z2', name: '*.paas.example.com.' },
      },
    };
    assert.deepEqual(await lines(cloud(['dns']), { names }), [
      'made: zone example.com. exists already; write dns: { zoneId: z1 } [openstack-dns-zone]',
      'far: zone z1 is example.com., which does not hold paas-example.com. [openstack-dns-zone]',
      'gone: zone z2 does not exist (the cloud shows z1 (example.com.)) [openstack-dns-zone]',
    ]);
    assert.deepEqual(await lines(cloud([]), { names }), []);
  });

  it('is a flavor, by its name or by its id', async () => {
    assert.deepEqual(await lines(cloud([]), { flavors: { core: 'm1.tiny' }, flavorIds: { dea: '5' } }), []);
    assert.deepEqual(await lines(cloud([]), { flavors: { core: '5' }, flavorIds: { dea: 'm1.tiny' } }), [
      'core: flavor "5" is an id; write its name: m1.volume [openstack-flavor]',
      'dea: flavor with the id "m1.tiny" does not exist (the cloud shows 1, 5) [openstack-flavor]',
    ]);
  });

  it('is explained by the id of each rule', () => {
    const dir = join('lib', 'cloud-api', 'openstack');
    const sources = readdirSync(dir).filter((name) => name !== 'rules.ts');
    const used = sources.flatMap((name) =>
      [...readFileSync(join(dir, name), 'utf8').matchAll(/rule: '(openstack-[a-z-]+)'/g)].map(([, id]) => id!),
    );
    assert.ok(used.length >= 10, used.join(' '));
    const explained = new Set(openstackRules.map(({ id }) => id));
    assert.deepEqual(
      used.filter((id) => !explained.has(id)),
      [],
    );
  });
});
