import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { InputError, ToolError } from '../../lib/base/input';
import { parseClusterText, readCluster } from '../../lib/declaration/read';
import { delivered } from '../../lib/openstack/secrets';
import { planDelivery } from '../../lib/operate/delivery-plan';
import { sshPlaces } from '../../lib/operate/places';
import { sshConfig } from '../../lib/operate/ssh-config';
import { sshTrouble } from '../../lib/operate/ssh-trouble';
import type { Manifest } from '../../lib/topology/manifest';
import { planTopology } from '../../lib/topology/plan';
import { openstackDocument } from '../openstack/synth';

const manifestOf = (file: string, change: (yaml: string) => string = (y) => y): Manifest => {
  const cluster = parseClusterText(change(readFileSync(file, 'utf8')), file);
  const output = openstackDocument(cluster).output as unknown as Record<string, { value: Manifest }>;
  return output['stackato_manifest']!.value;
};
const mvp = (change?: (yaml: string) => string) => manifestOf('stacks/mvp.yaml', change);

describe('a plan of a delivery', () => {
  it('has what each node waits for, the core first, the operator’s before the core’s', () => {
    assert.deepEqual(planDelivery(mvp()), {
      cluster: 'mvp',
      core: 'core',
      nodes: [
        { node: 'core', operator: ['license', 'admin-password'], core: [] },
        { node: 'data-1', operator: ['apps-password'], core: ['cluster-key'] },
        { node: 'dea-1', operator: [], core: ['cluster-key'] },
        { node: 'dea-2', operator: [], core: ['cluster-key'] },
      ],
      asked: ['admin-password', 'apps-password', 'license'],
    });
  });

  it('gives routers the certificate, and nodes before 3.6 no key', () => {
    const router = (yaml: string) => yaml.replace('  dea:\n    roles: [dea]', '  dea:\n    roles: [dea, router]');
    const dea = (m: Manifest) => planDelivery(m).nodes.find((n) => n.node === 'dea-1');
    assert.deepEqual(dea(mvp(router))?.core, ['cluster-key', 'cluster-certificate']);
    const old = (yaml: string) => yaml.replace('version: "3.6"', 'version: "3.4"');
    assert.equal(dea(mvp(old)), undefined);
    assert.deepEqual(dea(mvp((y) => old(router(y))))?.core, ['cluster-certificate']);
  });

  it('has secrets of the configuration once, in the order of the boot', () => {
    const config = (y: string) =>
      y.replace(
        'kato:\n',
        'kato:\n  cloud_controller_ng: { aok/secret: { secret: aok }, mail: { secret: admin-password } }\n',
      );
    assert.deepEqual(planDelivery(mvp(config)).nodes[0]?.operator, ['license', 'admin-password', 'aok']);
  });

  it('is one credential for each node where Barbican has the rest', () => {
    const barbican = (y: string) =>
      y.replace(
        '    region: RegionOne\n',
        '    region: RegionOne\n    secrets: barbican\n    authUrl: https://k:5000/v3\n',
      );
    const plan = planDelivery(mvp(barbican));
    assert.deepEqual(plan.asked, ['application-credential']);
    assert.deepEqual(
      plan.nodes.map((n) => [n.node, n.operator, n.core]),
      ['core', 'data-1', 'dea-1', 'dea-2'].map((node) => [node, ['application-credential'], []]),
    );
  });

  it('covers exactly what boot scripts read', () => {
    for (const file of ['micro', 'mvp', 'three-node', 'five-node', 'twenty-node']) {
      const cluster = readCluster(`stacks/${file}.yaml`);
      const topology = planTopology(cluster);
      const { databases } = cluster.clouds.openstack!;
      for (const pool of [topology.core, ...Object.values(topology.pools)]) {
        const files = delivered({ secretCarrier: 'ssh', databases }, pool);
        const operator = files.filter((f) => f.from === 'operator').map((f) => f.name);
        const passwords = pool.databases.map((name) => databases[name]!.password.secret);
        assert.deepEqual(
          [...operator].sort(),
          [...new Set([...pool.secrets, ...passwords])].sort(),
          `${file} ${pool.name}`,
        );
      }
    }
  });

  it('is of the nodes that were named, and asks only for what they need', () => {
    const plan = planDelivery(mvp(), ['dea-2', 'data-1']);
    assert.deepEqual([plan.nodes.map((n) => n.node), plan.asked], [['data-1', 'dea-2'], ['apps-password']]);
    assert.throws(
      () => planDelivery(mvp(), ['dae-1']),
      (e) => e instanceof InputError && /no such node; did you mean "dea-1"\?/.test(e.message),
    );
  });

  it('asks for a deployment where the state is older than this', () => {
    const manifest = mvp();
    const nodes = Object.entries(manifest.nodes).map(([name, { delivered: _, ...node }]) => [name, node]);
    const old = { ...manifest, nodes: Object.fromEntries(nodes) } as Manifest;
    assert.throws(
      () => planDelivery(old),
      (e) => e instanceof ToolError && /older version/.test(e.message),
    );
    assert.deepEqual(planDelivery({ ...old, cloud: 'aws' }).nodes, []);
  });
});

describe('the way to nodes', () => {
  const addresses = {
    core: { machine: 'c1', inside: '10.0.0.10', outside: '203.0.113.5' },
    'dea-1': { machine: 'd1', inside: '10.0.0.21' },
    'router-1': { machine: 'r1', inside: '10.0.0.22', outside: '203.0.113.6' },
  };
  it('leads through the core, and names machines by what they are', () => {
    assert.deepEqual(sshPlaces('mvp', addresses), {
      core: { host: '203.0.113.5', alias: 'stackato-mvp-core-c1' },
      'dea-1': { host: '10.0.0.21', alias: 'stackato-mvp-dea-1-d1', through: 'core' },
      'router-1': { host: '10.0.0.22', alias: 'stackato-mvp-router-1-r1', through: 'core' },
    });
  });
  it('leads through another host, to the core too', () => {
    const places = sshPlaces('mvp', addresses, 'ops@bastion.example.com:2222');
    assert.deepEqual(places['via_host'], {
      host: 'bastion.example.com',
      alias: 'bastion.example.com',
      user: 'ops',
      port: 2222,
    });
    assert.deepEqual(places['core'], { host: '10.0.0.10', alias: 'stackato-mvp-core-c1', through: 'via_host' });
    for (const wrong of ['-oProxyCommand=x', 'a b', '', 'x:y', 'h:123456', '-l@host'])
      assert.throws(() => sshPlaces('mvp', addresses, wrong), InputError, wrong);
  });
  it('is all that ssh reads', () => {
    const settings = { user: 'stackato', identity: '/a b/50%', knownHosts: '/p/.stackato/known_hosts' };
    const text = sshConfig(sshPlaces('mvp', addresses), settings, (node) => `/tmp/x/${node}`);
    assert.match(
      text,
      /^Host dea-1\n {2}HostName 10\.0\.0\.21\n {2}HostKeyAlias stackato-mvp-dea-1-d1\n {2}User stackato\n {2}ProxyJump core\nHost/m,
    );
    assert.match(text, /^Host core\n(?: {2}.*\n)* {2}ControlPath "\/tmp\/x\/core"\n/m);
    assert.match(text, /^ {2}IdentityFile "\/a b\/50%%"\n {2}IdentitiesOnly yes$/m);
    assert.match(text, /^ {2}StrictHostKeyChecking accept-new$/m);
  });
});

describe('what ssh says', () => {
  const settings = { user: 'stackato', knownHosts: '/p/known_hosts', connectSeconds: 7 };
  const place = { host: '10.0.0.21', alias: 'stackato-mvp-dea-1-d1' };
  for (const [said, state, why] of [
    [
      '@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.',
      'refused',
      /host key of 10\.0\.0\.21/,
    ],
    ['stackato@10.0.0.21: Permission denied (publickey,password).', 'refused', /refuses the login of stackato/],
    [
      'Unable to negotiate: no matching host key type found. Their offer: ssh-dss',
      'refused',
      /no algorithm in common.*ssh-dss/,
    ],
    [
      'ssh: connect to host 10.0.0.21 port 22: Connection timed out',
      'unreachable',
      /no answer from 10\.0\.0\.21 in 7 s/,
    ],
    ['ssh: connect to host 10.0.0.21 port 22: No route to host', 'unreachable', /no route to 10\.0\.0\.21/],
    [
      'ssh: connect to host 10.0.0.21 port 22: Connection refused',
      'unreachable',
      /nothing listens at 10\.0\.0\.21 yet/,
    ],
    [
      'channel 0: open failed: connect failed\nstdio forwarding failed',
      'unreachable',
      /10\.0\.0\.21 does not answer yet/,
    ],
    ['something new', 'unreachable', /ssh to 10\.0\.0\.21: something new/],
    ['', 'unreachable', /the connection ended/],
  ] as const) {
    it(`is told in an operator's words: ${said.split('\n')[0]!.slice(0, 60)}`, () => {
      const answer = sshTrouble(said, place, settings);
      assert.ok(answer.state === state);
      assert.match(answer.why, why);
    });
  }
});
