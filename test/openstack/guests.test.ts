import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InputError } from '../../lib/base/input';
import { defineCluster } from '../../lib/declaration/define';
import { dataServices, mysql } from '../../lib/kato/roles';
import {
  Cluster,
  type ClusterHandle,
  Database,
  DataServicePool,
  DataVolume,
  DeaPool,
  Dns,
  handleFromOutputs,
  LoadBalancer,
  Network,
  RouterPool,
} from '../../lib/openstack';
import type { Manifest } from '../../lib/topology/manifest';
import { checkDocument, type StackDocument } from '../../lib/validate/document';
import { type Document, declared, ofType } from '../aws/synth';
import { openstackDocument, openstackStack, plainData, SCHEMA } from './synth';

const handle: ClusterHandle = {
  name: 'paas',
  hostname: 'paas.example.com',
  version: '3.6',
  region: 'RegionOne',
  zones: ['a', 'b'],
  coreAddress: '10.0.0.10',
  networkId: '11111111-1111-4111-8111-111111111111',
  subnetId: '22222222-2222-4222-8222-222222222222',
  externalNetwork: 'public',
  clusterGroupId: '33333333-3333-4333-8333-333333333333',
  pools: { core: { roles: ['primary', 'controller', 'router'], groupId: '44444444-4444-4444-8444-444444444444' } },
  firewall: 'inside',
  image: { name: 'stackato-3.6' },
  secretPrefix: 'stackato/paas/',
  secrets: [],
  secretCarrier: 'ssh',
  flavors: {},
  antiAffinity: 'soft',
  configDrive: true,
  databases: {},
  protect: true,
  tags: { team: 'x' },
};
const good = (document: Document) => assert.deepEqual(checkDocument(document as StackDocument, SCHEMA), []);
const servers = (document: Document) => ofType(document, 'openstack_compute_instance_v2').map(([, r]) => r);

describe('nodes that join a cluster of somebody else', () => {
  it('need nothing but a handle, each kind alone', () => {
    for (const build of [
      (s: Parameters<Parameters<typeof openstackStack>[0]>[0]) => new DeaPool(s, 'batch', { join: handle, count: 3 }),
      (s: Parameters<Parameters<typeof openstackStack>[0]>[0]) =>
        new RouterPool(s, 'edge', { join: { ...handle, firewall: 'strict' as const } }),
      (s: Parameters<Parameters<typeof openstackStack>[0]>[0]) =>
        new DataServicePool(s, 'more', { join: handle, roles: dataServices(), diskGib: 50 }),
    ]) {
      const document = openstackStack(build);
      good(document);
      assert.equal(servers(document).length, 1);
    }
  });
  it('read the rest from the outputs of its stack', () => {
    const asked: string[] = [];
    const remote = { getString: (output: string) => `${asked.push(output)}` };
    const known = { name: 'paas', hostname: 'paas.example.com', version: '3.6', region: 'r', zones: ['a'] };
    const joined = handleFromOutputs(remote, { ...known, image: { name: 'stackato-3.6' } });
    assert.deepEqual(
      asked,
      ['coreAddress', 'networkId', 'subnetId', 'clusterGroupId'].map((a) => `stackato_handle.${a}`),
    );
    assert.deepEqual([joined.secretPrefix, joined.protect, joined.antiAffinity], ['stackato/paas/', true, 'soft']);
  });
  it('get the core’s address late where only an apply knows it', () => {
    const late = openstackStack((s) => {
      const other = new Network(s, 'network', { name: 'x', cidr: '10.0.0.0/24', externalNetwork: 'public' });
      new DeaPool(s, 'batch', { join: { ...handle, coreAddress: other.subnetId } });
    });
    good(late);
    assert.match(String(servers(late)[0]!['user_data']), /^\$\{join\(.*openstack_networking_router_interface_v2\./);
  });
  it('have floating addresses for routers only, and none in a provider network', () => {
    const floating = (join: ClusterHandle) => {
      const document = openstackStack((s) => {
        new RouterPool(s, 'edge', { join, count: 2 });
        new DeaPool(s, 'batch', { join });
      });
      good(document);
      return ofType(document, 'openstack_networking_floatingip_v2').map(([, r]) =>
        Object.keys(r['for_each'] as object),
      );
    };
    assert.deepEqual(floating(handle), [['edge-1', 'edge-2']]);
    const { externalNetwork: _, ...provider } = handle;
    assert.deepEqual(floating(provider), []);
  });
  it('use a database by its host', () => {
    const external = { host: 'db.example.com', user: 'root', password: { secret: 'db-password' } };
    const document = openstackStack((s) => {
      const database = new Database(s, 'reports', { join: handle, engine: 'mysql', external });
      const join = { ...handle, databases: { reports: database.endpoint } };
      new DataServicePool(s, 'sql', { join, roles: [mysql({ database: 'reports' })], diskGib: 50 });
    });
    good(document);
    assert.match(plainData(servers(document)[0]!), /'reports host'\) echo 'db\.example\.com';;/);
    assert.throws(
      () =>
        openstackStack(
          (s) => new DataServicePool(s, 'sql', { join: handle, roles: [mysql({ database: 'x' })], diskGib: 50 }),
        ),
      (error) => error instanceof InputError && /unknown database "x"/.test(error.message),
    );
  });
});

describe('constructs of OpenStack', () => {
  it('keep volumes, alone and in a cluster', () => {
    const document = openstackStack(
      (s) => new DataVolume(s, 'v', { cluster: { name: 'c' }, name: 'n', gib: 20, instanceId: 'i' }),
    );
    good(document);
    const [[, volume]] = ofType(document, 'openstack_blockstorage_volume_v3') as [[string, Record<string, unknown>]];
    assert.equal((volume['lifecycle'] as { prevent_destroy: boolean }).prevent_destroy, true);
  });
  it('balance in a network without floating addresses', () => {
    const { externalNetwork: _, ...provider } = handle;
    const document = openstackStack((s) => {
      new LoadBalancer(s, 'lb', { cluster: provider, ports: { 443: { 'edge-1': '10.0.0.20' } } });
    });
    good(document);
    assert.equal(ofType(document, 'openstack_networking_floatingip_v2').length, 0);
  });
  it('fit existing networks, provider networks, ids and boot volumes', () => {
    const mvp = declared('mvp');
    const { databases } = mvp.clouds.openstack!;
    const id = (n: number) => `${n}`.repeat(8) + '-1111-4111-8111-111111111111';
    for (const openstack of [
      { image: id(1), network: { networkId: id(2), subnetId: id(3), coreAddress: '192.0.2.10' } },
      {
        image: { name: id(1), rootGib: 40 },
        network: { networkId: id(2), subnetId: id(3), coreAddress: '192.0.2.10', externalNetwork: 'public' },
      },
      {
        image: { name: 'a name', rootGib: 40 },
        network: { externalNetwork: id(4) },
        antiAffinity: 'none' as const,
        publicKey: 'ssh-rsa AAAA me',
      },
      {
        image: 'a name',
        images: { core: id(1) },
        network: { externalNetwork: 'public' },
        secrets: 'barbican' as const,
        authUrl: 'https://k/v3',
      },
    ])
      good(
        openstackDocument({
          ...mvp,
          clouds: { openstack: defined(openstack, databases) },
        }),
      );
  });
  it('let no node get the address of the core where the network is not theirs, also one that Neutron chooses', () => {
    const mvp = declared('mvp');
    const place = { networkId: handle.networkId, subnetId: handle.subnetId };
    for (const coreAddress of ['192.0.2.10', undefined]) {
      const openstack = { image: 'i', network: { ...place, ...(coreAddress ? { coreAddress } : {}) } };
      const databases = mvp.clouds.openstack!.databases;
      const document = openstackDocument({ ...mvp, clouds: { openstack: defined(openstack, databases) } });
      good(document);
      const ports = ofType(document, 'openstack_networking_port_v2');
      const [core, ...others] = ports.sort(([a]) => (a.includes('core') ? -1 : 1));
      assert.equal(others.length, 2);
      const fixed = (port: (typeof ports)[number]) => (port[1]['fixed_ip'] as Record<string, unknown>[])[0]!;
      const { subnet_id, ip_address } = fixed(core!);
      assert.deepEqual([subnet_id, ip_address], [place.subnetId, coreAddress]);
      const waits = `\${openstack_networking_port_v2.${core![0]}.fixed_ip.0.subnet_id}`;
      for (const port of others) assert.deepEqual(fixed(port), { subnet_id: waits });

      const known = coreAddress ?? `openstack_networking_port_v2.${core![0]}.all_fixed_ips.0`;
      for (const server of servers(document)) assert.ok(String(server['user_data']).includes(known));
      const { core: address } = document.output!['stackato_addresses']!.value as { core: Record<string, unknown> };
      assert.equal(address['inside'], coreAddress ?? `\${${known}}`);
      const manifest = document.output!['stackato_manifest']!.value as Manifest;
      assert.equal(manifest.nodes['core']!.address, coreAddress);
    }
  });
  it('refuse what cannot be, all at once', () => {
    const base = {
      name: 'a',
      hostname: 'a.example.com',
      admin: { email: 'a@b.co', organization: 'A', password: { secret: 'p' } },
    };
    const openstack = {
      image: 'i',
      network: { externalNetwork: 'p' },
      secrets: 'barbican' as const,
      keyName: 'k',
      publicKey: 'ssh-rsa A b',
      databases: { other: { host: 'h', password: { secret: 's' } } },
    };
    const declaration = {
      ...base,
      pools: { sql: { roles: [mysql({ database: 'apps' })], diskGib: 20 } },
      databases: { apps: { engine: 'mysql' as const } },
    };
    const rules = ['database-missing', 'database-undeclared', 'carrier-address', 'key-twice'];
    const all = (error: unknown) =>
      error instanceof InputError && rules.every((rule) => error.problems.some((p) => p.rule === rule));
    assert.throws(() => defineCluster({ ...declaration, clouds: { openstack } }), all);
    // the same where a construct is told, instead of the declaration
    const cluster = defineCluster(declaration);
    assert.throws(() => openstackStack((s) => new Cluster(s, 'a', { cluster, openstack })), all);
  });
  it('refuse places of databases that a boot script could not say', () => {
    const place = { host: "db'; reboot; '", port: 3306, user: 'root', password: { secret: 'p' } };
    const roles = [mysql({ database: 'reports' })];
    for (const [host, is] of [
      [place.host, true],
      ['${openstack_networking_port_v2.db.all_fixed_ips[0]}', true],
      ['db.example.com', false],
      ['fd00::3', false],
    ] as const) {
      const join = { ...handle, databases: { reports: { ...place, host } } };
      const make = () => openstackStack((s) => new DataServicePool(s, 'sql', { join, roles, diskGib: 50 }));
      if (is) assert.throws(make, (e) => e instanceof InputError && e.problems[0]!.path === 'databases.reports.host');
      else good(make());
    }
  });
  it('refuse Barbican where nodes would not find it', () => {
    const made = (more: Partial<ClusterHandle>) =>
      openstackStack(
        (s) => new RouterPool(s, 'edge', { join: { ...handle, secretCarrier: 'barbican' as const, ...more } }),
      );
    for (const authUrl of [undefined, 'cloud.example.com', "https://it's", '${var.keystone}'])
      assert.throws(
        () => made(authUrl === undefined ? {} : { authUrl }),
        (e) => e instanceof InputError && e.problems[0]!.path === 'join.authUrl',
      );
    const authUrl = 'https://cloud.example.com:5000/v3';
    assert.throws(() => made({ authUrl, region: '${var.region}' }), /join\.region: must be a region/);
    assert.throws(() => made({ authUrl, secretPrefix: 'a b' }), /join\.secretPrefix: must be letters/);
    good(made({ authUrl }));
  });
  it('refuse names without a zone, or that lead nowhere', () => {
    const made = (more: object) =>
      openstackStack((s) => new Dns(s, 'dns', { hostname: 'a.example.com', addresses: ['192.0.2.1'], ...more }));
    const paths = (more: object) => {
      try {
        made(more);
      } catch (error) {
        assert.ok(error instanceof InputError, String(error));
        return error.problems.map((p) => p.path);
      }
      return [];
    };
    const zone = { name: 'example.com', email: 'a@b.co' };
    assert.deepEqual(paths({ addresses: [] }), ['zoneId', 'addresses']);
    assert.deepEqual(paths({ zone, zoneId: 'z' }), ['zone']);
    for (const one of [{ zone }, { zoneId: 'z' }]) good(made(one));
  });
});

/** What the schema makes of settings. */
function defined(openstack: object, databases: object) {
  const cluster = defineCluster({
    name: 'a',
    hostname: 'a.example.com',
    admin: { email: 'a@b.co', organization: 'A', password: { secret: 'p' } },
    clouds: { openstack: openstack as never },
  });
  return { ...cluster.clouds.openstack!, databases } as NonNullable<typeof cluster.clouds.openstack>;
}
