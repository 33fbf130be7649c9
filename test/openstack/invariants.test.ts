import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { renderUserData } from '../../lib/kato/render';
import { carrier } from '../../lib/openstack/secrets';
import { bootOf } from '../../lib/stack/boot';
import type { Manifest } from '../../lib/topology/manifest';
import type { Pool } from '../../lib/topology/model';
import { planTopology } from '../../lib/topology/plan';
import { checkDocument } from '../../lib/validate/document';
import { bootScript, declared, ofType, type Resource, resources, STACKS } from '../aws/synth';
import { openstackDocument, plainData, SCHEMA } from './synth';

const SERVER = 'openstack_compute_instance_v2';
const metadata = (r: Resource) => (r['metadata'] ?? {}) as Record<string, string>;
const lifecycle = (r: Resource) => (r['lifecycle'] ?? {}) as { prevent_destroy?: boolean; ignore_changes?: string[] };
const keys = (r: Resource) => Object.keys((r['for_each'] as object | undefined) ?? { core: 0 });
const named = (reference: unknown) => /^\$\{\w+\.([\w-]+)[.[]/.exec(String(reference))?.[1] ?? '';
/** Types that have neither tags nor metadata; all but the last two groups begin their names with the cluster's. */
const UNTAGGED = [
  'openstack_networking_router_interface_v2',
  'openstack_networking_secgroup_rule_v2',
  'openstack_compute_servergroup_v2',
  'openstack_compute_keypair_v2',
  'openstack_compute_volume_attach_v2',
  'openstack_lb_members_v2',
  'openstack_lb_monitor_v2',
  'openstack_dns_recordset_v2',
  'terraform_data',
];

for (const name of STACKS) {
  describe(`the stack ${name} on OpenStack`, () => {
    const cluster = declared(name);
    const settings = cluster.clouds.openstack!;
    const topology = planTopology(cluster);
    const pools: readonly Pool[] = [topology.core, ...Object.values(topology.pools)];
    const document = openstackDocument(cluster);
    const servers = ofType(document, SERVER).map(([, r]) => r);
    const of = (pool: Pool) => servers.find((r) => metadata(r)['stackato:pool'] === pool.name)!;
    const port = (pool: Pool) => {
      const [{ port: reference }] = of(pool)['network'] as [{ port: string }];
      return document.resource['openstack_networking_port_v2']![named(reference)]!;
    };
    const groupOf = (reference: unknown) =>
      String(document.resource['openstack_networking_secgroup_v2']![named(reference)]!['name']).slice(
        cluster.name.length + 1,
      );

    it('is what the provider takes', () => assert.deepEqual(checkDocument(document, SCHEMA), []));

    it('has one server for every node, each at a port of its own', () => {
      assert.deepEqual(pools.flatMap((p) => keys(of(p))).sort(), pools.flatMap((p) => Object.keys(p.nodes)).sort());
      for (const p of pools) assert.deepEqual(keys(port(p)), keys(of(p)));
    });

    it('lets in exactly what the topology says, and logins', () => {
      const rules = ofType(document, 'openstack_networking_secgroup_rule_v2').map(([, r]) => r);
      const logins = rules.filter((r) => r['port_range_min'] === 22 && r['remote_ip_prefix']);
      assert.ok(logins.every((r) => r['remote_ip_prefix'] === '203.0.113.0/24' && r['port_range_max'] === 22));
      assert.equal(logins.length > 0, settings.sshFrom.length > 0);
      const has = rules
        .filter((r) => r['direction'] === 'ingress' && !logins.includes(r))
        .map((r) => {
          const from = r['remote_ip_prefix'] === '0.0.0.0/0' ? 'world' : groupOf(r['remote_group_id']);
          const what = r['protocol'] ? `${r['protocol']} ${r['port_range_min']} ${r['port_range_max']}` : 'all';
          return `${from} ${groupOf(r['security_group_id'])} ${what}`;
        });
      const wants = topology.rules
        .filter((r) => !r.to.startsWith('database:'))
        .map((r) => `${r.from} ${r.to} ${r.protocol === 'all' ? 'all' : `${r.protocol} ${r.ports.join(' ')}`}`);
      assert.deepEqual(has.sort(), wants.sort());
      const out = rules.filter((r) => r['direction'] === 'egress');
      assert.deepEqual(
        out.map((r) => groupOf(r['security_group_id'])),
        ['cluster'],
      );
      for (const [, group] of ofType(document, 'openstack_networking_secgroup_v2'))
        assert.equal(group['delete_default_rules'], true, 'rules that nobody declared');
      for (const p of pools) {
        const own =
          p.name === 'core' || topology.rules.some((r) => !r.to.includes(':') && [r.from, r.to].includes(p.name));
        assert.deepEqual((port(p)['security_group_ids'] as string[]).map(groupOf), [
          'cluster',
          ...(own ? [p.name] : []),
        ]);
      }
    });

    it('gives addresses in the world to the core, and to nodes that serve it without a balancer', () => {
      const floating = ofType(document, 'openstack_networking_floatingip_v2').map(([, r]) => r);
      const reached = floating.flatMap((r) => (String(r['port_id']).includes('loadbalancer') ? ['balancer'] : keys(r)));
      const facing = pools.filter((p) => p.world && p.name !== 'core').flatMap((p) => Object.keys(p.nodes));
      assert.deepEqual(reached.sort(), ['core', ...(settings.loadBalancer ? ['balancer'] : facing)].sort());
      // Neutron refuses a floating address before the router has its interface: ports wait for it.
      for (const p of pools) {
        const [{ subnet_id: subnet }] = port(p)['fixed_ip'] as [{ subnet_id: string }];
        assert.match(subnet, /^\$\{openstack_networking_router_interface_v2\./);
      }
    });

    it('protects what keeps data, and touches no node that does for a new image, script or key', () => {
      for (const [, volume] of ofType(document, 'openstack_blockstorage_volume_v3')) {
        assert.equal(lifecycle(volume).prevent_destroy, true);
        assert.equal(metadata(volume)['stackato:keeps'], 'data');
      }
      const kept = pools.filter((p) => p.disk).flatMap((p) => Object.keys(p.nodes));
      assert.deepEqual(
        ofType(document, 'openstack_blockstorage_volume_v3')
          .flatMap(([, r]) => keys(r))
          .sort(),
        kept.sort(),
      );
      const dangerous = [
        'user_data',
        'key_pair',
        'image_id',
        'image_name',
        'block_device',
        'scheduler_hints',
        'config_drive',
        'availability_zone',
      ];
      for (const p of pools) {
        const ignored = lifecycle(of(p)).ignore_changes ?? [];
        for (const attribute of dangerous) assert.equal(ignored.includes(attribute), p.keeps, `${p.name} ${attribute}`);
        for (const attribute of ['network', 'metadata', 'flavor_name'])
          assert.ok(!ignored.includes(attribute), attribute);
      }
      assert.equal(lifecycle(of(topology.core)).prevent_destroy, true);
    });

    it('gives the core an address that outlives its machine', () => {
      const manifest = document.output!['stackato_manifest']!.value as Manifest;
      const [{ ip_address: address }] = port(topology.core)['fixed_ip'] as [{ ip_address: string }];
      assert.equal(manifest.nodes['core']!.address, address);
      for (const p of pools) assert.match(bootScript(plainData(of(p))), new RegExp(`^CORE='${address}'$`, 'm'));
      const subnet = ofType(document, 'openstack_networking_subnet_v2')[0]![1];
      const [{ start }] = subnet['allocation_pool'] as [{ start: string }];
      assert.ok(Number(start.split('.')[3]) > Number(address.split('.')[3]), 'no other port may get it');
    });

    it('boots what the topology says, below the limit of Nova', () => {
      const { value } = document.output!['stackato_handle']!;
      for (const p of pools) {
        const data = plainData(of(p));
        assert.ok(Buffer.byteLength(data) <= 49_149 / 3, `${p.name}: ${data.length}`);
        const handle = value as Parameters<typeof carrier>[0] & { version: string; coreAddress: string };
        assert.equal(data, renderUserData(bootOf(handle, p, carrier(handle, p)), handle));
        assert.doesNotMatch(data, /amazonaws|secretsmanager/);
      }
    });

    it('keeps nodes of a pool apart where it can', () => {
      for (const p of pools) {
        const hints = (of(p)['scheduler_hints'] ?? []) as [{ group: string }];
        assert.equal(hints.length, p.name === 'core' ? 0 : 1);
      }
      for (const [, group] of ofType(document, 'openstack_compute_servergroup_v2'))
        assert.deepEqual(group['policies'], ['soft-anti-affinity']);
    });

    it('carries the mark of the cluster on everything that can have one', () => {
      for (const [address, r] of resources(document)) {
        const type = address.split('.')[0]!;
        const said = `stackato:cluster=${cluster.name}`;
        const mark = r['metadata']
          ? metadata(r)['stackato:cluster'] === cluster.name
          : (r['tags'] as string[] | undefined)?.includes(said) || r['description'] === said;
        assert.equal(mark === true, !UNTAGGED.includes(type), address);
        if (name === 'twenty-node' && mark && r['description'] !== said)
          assert.match(JSON.stringify([r['tags'], r['metadata']]), /department/);
        if ('name' in r && !type.includes('dns')) assert.ok(String(r['name']).startsWith(cluster.name), address);
      }
    });

    it('chains the children of a balancer, which deadlock side by side', () => {
      const children = ['listener', 'pool', 'members', 'monitor'].flatMap((kind) =>
        ofType(document, `openstack_lb_${kind}_v2`).map(([id, r]) => [`openstack_lb_${kind}_v2.${id}`, r] as const),
      );
      assert.equal(children.length, settings.loadBalancer ? 8 : 0);
      const after = children.map(([, r]) => (r['depends_on'] as string[])[0]!);
      assert.equal(new Set(after).size, children.length, 'no two wait for the same one');
      assert.equal(
        after.filter((a) => a.startsWith('openstack_lb_loadbalancer_v2.')).length,
        settings.loadBalancer ? 1 : 0,
      );
    });

    it('holds no secret', () => {
      assert.doesNotMatch(JSON.stringify(document), /"(admin_pass|application_credential_secret|payload|token)"/);
    });

    it('says of itself what it is', () => {
      const manifest = document.output!['stackato_manifest']!.value as Manifest;
      assert.equal(manifest.cloud, 'openstack');
      assert.deepEqual(Object.keys(manifest.nodes).sort(), pools.flatMap((p) => Object.keys(p.nodes)).sort());
      for (const address of [
        ...Object.values(manifest.nodes).map((n) => n.resource),
        ...Object.values(manifest.groups),
        ...Object.values(manifest.databases).map((d) => d.resource),
      ]) {
        const [, type, id, key] = /^([\w-]+)\.([\w-]+)(?:\["(.+)"\])?$/.exec(address)!;
        assert.ok(document.resource[type!]![id!], address);
        if (key) assert.ok(keys(document.resource[type!]![id!]!).includes(key), address);
      }
      assert.doesNotMatch(JSON.stringify(manifest), /\$\{/);
    });
  });
}
