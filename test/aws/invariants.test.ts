import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defineCluster } from '../../lib/declaration/define';
import type { Manifest } from '../../lib/topology/manifest';
import type { Pool } from '../../lib/topology/model';
import { planTopology } from '../../lib/topology/plan';
import {
  bootScript,
  clusterDocument,
  type Document,
  declared,
  ofType,
  type Resource,
  resources,
  STACKS,
  userData,
} from './synth';

/** Types that cannot carry tags. */
const UNTAGGED = [
  'aws_route',
  'aws_route_table_association',
  'aws_eip_association',
  'aws_volume_attachment',
  'aws_iam_role_policy',
  'terraform_data',
];
const tags = (r: Resource) => (r['tags'] ?? {}) as Record<string, string>;
const lifecycle = (r: Resource) => (r['lifecycle'] ?? {}) as { prevent_destroy?: boolean; ignore_changes?: string[] };
const keys = (r: Resource) => Object.keys((r['for_each'] as object | undefined) ?? { core: 0 });
const sizeLimits: Record<string, number> = { 'mvp dea': 4096, 'mvp data': 8192 };

for (const name of STACKS) {
  describe(`the stack ${name} on AWS`, () => {
    const cluster = declared(name);
    const settings = cluster.clouds.aws!;
    const topology = planTopology(cluster);
    const pools: readonly Pool[] = [topology.core, ...Object.values(topology.pools)];
    const document = clusterDocument(cluster);
    const instances = ofType(document, 'aws_instance').map(([, r]) => r);
    const of = (pool: Pool) => instances.find((r) => tags(r)['stackato:pool'] === pool.name)!;
    const groupOf = (reference: unknown) => {
      const id = /^\$\{aws_security_group\.([\w-]+)\.id\}$/.exec(String(reference))?.[1] ?? '';
      return tags(document.resource['aws_security_group']![id]!)['Name']!.slice(cluster.name.length + 1);
    };

    it('has one machine for every node', () => {
      assert.equal(instances.length, pools.length);
      assert.deepEqual(pools.flatMap((p) => keys(of(p))).sort(), pools.flatMap((p) => Object.keys(p.nodes)).sort());
    });

    it('is open to the world at the ports of world-facing pools only', () => {
      const open = ofType(document, 'aws_vpc_security_group_ingress_rule')
        .map(([, r]) => r)
        .filter((r) => r['cidr_ipv4']);
      const world = open
        .filter((r) => r['cidr_ipv4'] === '0.0.0.0/0')
        .map((r) => `${groupOf(r['security_group_id'])} ${String(r['from_port'])}-${String(r['to_port'])}`);
      const facing = pools.filter((p) => p.world).map((p) => p.name);
      assert.deepEqual(world.sort(), facing.flatMap((p) => [`${p} 443-443`, `${p} 80-80`]).sort());
      const logins = open.filter((r) => r['cidr_ipv4'] !== '0.0.0.0/0');
      assert.ok(
        logins.every((r) => r['from_port'] === 22 && r['to_port'] === 22 && r['cidr_ipv4'] === '203.0.113.0/24'),
      );
      const reached = settings.sshFrom.length > 0 ? [...new Set(['core', ...facing])].sort() : [];
      assert.deepEqual(logins.map((r) => groupOf(r['security_group_id'])).sort(), reached);
      assert.equal(resources(document).filter(([a]) => a.startsWith('aws_security_group_rule')).length, 0);
      assert.ok(ofType(document, 'aws_security_group').every(([, r]) => !('ingress' in r) && !('egress' in r)));
      assert.ok(ofType(document, 'aws_db_instance').every(([, r]) => r['publicly_accessible'] !== true));
      for (const p of pools.filter((x) => x.name !== 'core'))
        assert.equal(of(p)['associate_public_ip_address'] === true, p.world, p.name);
    });

    it('lets in exactly what the topology says', () => {
      const rules = ofType(document, 'aws_vpc_security_group_ingress_rule')
        .map(([, r]) => r)
        .filter((r) => r['from_port'] !== 22 || !r['cidr_ipv4']);
      const has = rules.map((r) => {
        const from = r['cidr_ipv4'] ? 'world' : groupOf(r['referenced_security_group_id']);
        return `${from} ${groupOf(r['security_group_id'])} ${r['ip_protocol'] === '-1' ? 'all' : `${String(r['ip_protocol'])} ${String(r['from_port'])} ${String(r['to_port'])}`}`;
      });
      const wants = topology.rules.map(
        (r) =>
          `${r.from} ${r.to.replace(':', '-')} ${r.protocol === 'all' ? 'all' : `${r.protocol} ${r.ports.join(' ')}`}`,
      );
      assert.deepEqual(has.sort(), wants.sort());
      for (const p of pools) {
        const ids = (of(p)['vpc_security_group_ids'] ??
          ofType(document, 'aws_network_interface')[0]![1]['security_groups']) as string[];
        const logins = p.name === 'core' && settings.sshFrom.length > 0;
        const named = logins || topology.rules.some((r) => r.from === p.name || r.to === p.name);
        assert.deepEqual(ids.map(groupOf), ['cluster', ...(named ? [p.name] : [])]);
      }
    });

    it('encrypts and protects what keeps data', () => {
      for (const [address, r] of resources(document)) {
        if (address.startsWith('aws_ebs_volume.')) {
          assert.ok(
            r['encrypted'] === true && r['final_snapshot'] === true && lifecycle(r).prevent_destroy === true,
            address,
          );
          assert.equal(tags(r)['stackato:keeps'], 'data');
        }
        if (address.startsWith('aws_db_instance.')) {
          assert.ok(
            r['storage_encrypted'] === true &&
              lifecycle(r).prevent_destroy === true &&
              r['deletion_protection'] === true,
            address,
          );
          assert.ok(
            r['skip_final_snapshot'] === false && String(r['final_snapshot_identifier']).includes('-final-${'),
            address,
          );
          assert.ok(r['manage_master_user_password'] === true && r['password'] === undefined, address);
        }
        if (address.startsWith('aws_instance.'))
          assert.equal((r['root_block_device'] as { encrypted: boolean }).encrypted, true, address);
      }
      const volumes = ofType(document, 'aws_ebs_volume').flatMap(([, r]) => keys(r));
      assert.deepEqual(
        volumes.sort(),
        pools
          .filter((p) => p.disk)
          .flatMap((p) => Object.keys(p.nodes))
          .sort(),
      );
    });

    it('replaces no node that keeps data for a new image or script, and every other one', () => {
      for (const p of pools) {
        const ignored = lifecycle(of(p)).ignore_changes ?? [];
        for (const attribute of ['ami', 'user_data', 'user_data_base64'])
          assert.equal(ignored.includes(attribute), p.keeps, `${p.name} ${attribute}`);
        assert.equal(of(p)['user_data_replace_on_change'] === true, !p.keeps, p.name);
      }
      assert.equal(lifecycle(of(topology.core)).prevent_destroy, true);
      assert.equal(of(topology.core)['disable_api_termination'], true);
    });

    it('gives the core an address that outlives its machine', () => {
      const [[id, nic]] = ofType(document, 'aws_network_interface') as [[string, Resource]];
      const address = (nic['private_ips'] as string[])[0]!;
      assert.equal(
        document.output!['stackato_manifest']!.value &&
          (document.output!['stackato_manifest']!.value as Manifest).nodes['core']!.address,
        address,
      );
      assert.deepEqual(of(topology.core)['network_interface'], [
        { device_index: 0, network_interface_id: `\${aws_network_interface.${id}.id}` },
      ]);
      for (const p of pools) assert.match(bootScript(userData(of(p))), new RegExp(`^CORE='${address}'$`, 'm'));
    });

    it('keeps containers from the metadata service, and user data below the limit', () => {
      for (const p of pools) {
        const metadata = of(p)['metadata_options'] as Record<string, unknown>;
        assert.deepEqual(metadata, {
          http_endpoint: 'enabled',
          http_put_response_hop_limit: 1,
          http_tokens: 'optional',
        });
        const bytes = Buffer.from(of(p)['user_data_base64'] as string, 'base64').length;
        assert.ok(bytes <= (sizeLimits[`${name} ${p.name}`] ?? 16_384), `${p.name}: ${bytes}`);
      }
    });

    it('carries the tag of the cluster on everything that can have one', () => {
      for (const [address, r] of resources(document)) {
        if (UNTAGGED.includes(address.split('.')[0]!)) assert.equal(r['tags'], undefined, address);
        else {
          assert.equal(tags(r)['stackato:cluster'], cluster.name, address);
          assert.ok(tags(r)['Name'], address);
          if (name === 'twenty-node') assert.equal(tags(r)['department'], 'platform', address);
        }
      }
    });

    it('lets every node read its own secrets and databases, and nothing else', () => {
      for (const p of pools) {
        const script = bootScript(userData(of(p)));
        const reads = [
          ...p.secrets,
          ...p.boot.flatMap((s) => (s.action.do === 'take' || s.action.do === 'share' ? [s.action.name] : [])),
        ];
        const profile = /^\$\{aws_iam_instance_profile\.([\w-]+)\.name\}$/.exec(
          String(of(p)['iam_instance_profile'] ?? ''),
        )?.[1];
        assert.equal(profile !== undefined, reads.length + p.databases.length > 0, p.name);
        if (!profile) continue;
        const role = document.resource['aws_iam_instance_profile']![profile]!['role'];
        const statements = ofType(document, 'aws_iam_role_policy')
          .filter(([, r]) => r['role'] === role)
          .flatMap(
            ([, r]) =>
              (JSON.parse(r['policy'] as string) as { Statement: { Action: string; Resource: string[] }[] }).Statement,
          );
        const allowed = (action: string) => statements.filter((s) => s.Action === action).flatMap((s) => s.Resource);
        const arn = (n: string) => `arn:aws:secretsmanager:us-west-2:*:secret:stackato/${cluster.name}/${n}-??????`;
        assert.deepEqual(
          allowed('secretsmanager:GetSecretValue')
            .filter((a) => !a.startsWith('${'))
            .sort(),
          [...new Set(reads)].map(arn).sort(),
        );
        assert.equal(
          allowed('secretsmanager:GetSecretValue').filter((a) =>
            /^\$\{aws_db_instance\.[\w-]+\.master_user_secret/.test(a),
          ).length,
          p.databases.length,
        );
        assert.deepEqual(
          allowed('ssm:GetParameter'),
          p.databases.map((d) => `arn:aws:ssm:us-west-2:*:parameter/stackato/${cluster.name}/databases/${d}`),
        );
        const writes = p.boot.flatMap((s) => (s.action.do === 'share' ? [s.action.name] : []));
        assert.deepEqual(allowed('secretsmanager:PutSecretValue'), writes.map(arn));
        assert.ok(statements.every((s) => !s.Action.includes('*') && s.Resource.every((r) => r !== '*')));
        for (const n of p.secrets) assert.ok(script.includes(`secret ${n}`));
      }
    });

    it('says of itself what it is', () => {
      const manifest = document.output!['stackato_manifest']!.value as Manifest;
      assert.deepEqual(Object.keys(manifest.nodes).sort(), pools.flatMap((p) => Object.keys(p.nodes)).sort());
      assert.deepEqual(manifest.rules, JSON.parse(JSON.stringify(topology.rules)));
      for (const [node, m] of Object.entries(manifest.nodes)) {
        const [, resource, key] = /^([\w.-]+)(?:\["(.+)"\])?$/.exec(m.resource)!;
        const [type, id] = resource!.split('.');
        assert.ok(keys(document.resource[type!]![id!]!).includes(key ?? 'core'), m.resource);
        assert.equal(key ?? 'core', node);
        assert.ok(cluster.clouds.aws!.zones.includes(m.zone));
      }
      assert.doesNotMatch(JSON.stringify(manifest), /\$\{/);
    });
  });
}

describe('secrets', () => {
  it('are nowhere in what is synthesized', () => {
    const planted = 'hunter2-pl4nted';
    process.env['STACKATO_SECRET_ADMIN_PASSWORD'] = planted;
    process.env['AWS_SECRET_ACCESS_KEY'] = planted;
    try {
      for (const name of STACKS) {
        const document: Document = clusterDocument(declared(name));
        const scripts = ofType(document, 'aws_instance')
          .map(([, r]) => userData(r))
          .join('\n');
        assert.doesNotMatch(JSON.stringify(document) + scripts, new RegExp(planted));
        assert.doesNotMatch(JSON.stringify(document), /"(password|secret_string|master_password)"/);
      }
    } finally {
      delete process.env['STACKATO_SECRET_ADMIN_PASSWORD'];
      delete process.env['AWS_SECRET_ACCESS_KEY'];
    }
  });
  it('are given by name only: a value where one belongs is refused', () => {
    const base = {
      name: 'a',
      hostname: 'a.example.com',
      admin: { email: 'a@b.co', organization: 'A', password: { secret: 'p' } },
    };
    assert.throws(
      () => defineCluster({ ...base, admin: { ...base.admin, password: 'hunter2' as never } }),
      /must be a secret by name/,
    );
    assert.throws(() => defineCluster({ ...base, license: 'AAAA-BBBB' as never }), /must be a secret by name/);
  });
});
