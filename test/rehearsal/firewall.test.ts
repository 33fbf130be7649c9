import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { edges } from '../../lib/model/edges';
import { processesOf, roles, rolesOf } from '../../lib/model/roles';
import { knownTo, parseVersion } from '../../lib/model/version';
import { awsSynthFirewall, openstackSynthFirewall } from '../../lib/rehearsal/firewall/synth';
import { hubRuleset, nodeRuleset } from '../../lib/rehearsal/host/firewall';
import type { FirewallRule } from '../../lib/rehearsal/source/source';
import { carriersOf, edgesOf, passes } from './port-edges';
import { PORT_TABLE } from './port-table';

const addresses: Readonly<Record<string, string>> = { core: '10.0.0.10', dea: '10.0.0.11', db: '198.18.0.1' };
const addressOf = (name: string) => addresses[name];
const rule = (more: Partial<FirewallRule>): FirewallRule => ({
  name: 'r',
  at: ['core'],
  direction: 'in',
  protocol: 'tcp',
  ports: [80, 80],
  peers: ['dea'],
  ...more,
});
const inner = (text: string) => text.split('\n').filter((line) => line.startsWith('    '));

describe("a node's ruleset", () => {
  it('lets in and out what its rules say, and what belongs to it', () => {
    const rules = [
      rule({ name: 'in "quoted"\nname' }),
      rule({ ports: [7000, 7999], peers: ['core', 'dea', 'nobody', 'dea'] }),
      rule({ protocol: 'udp', peers: ['203.0.113.0/24'] }),
      rule({ protocol: 'icmp', ports: undefined, peers: ['0.0.0.0/0'] } as Partial<FirewallRule>),
      rule({ direction: 'out', ports: [443, 443], peers: ['0.0.0.0/0'] }),
      rule({ at: ['dea'], name: 'of another' }),
    ];
    assert.deepEqual(
      inner(nodeRuleset('core', rules, addressOf)).map((line) => line.trim()),
      [
        'type filter hook input priority filter; policy drop;',
        'iif lo accept',
        'ct state established,related accept',
        'udp sport 67 udp dport 68 accept',
        'ip saddr 10.0.0.11 tcp dport 80 accept comment "in  quoted  name"',
        'ip saddr 10.0.0.10 tcp dport 7000-7999 accept comment "r"',
        'ip saddr 10.0.0.11 tcp dport 7000-7999 accept comment "r"',
        'ip saddr 203.0.113.0/24 udp dport 80 accept comment "r"',
        'ip saddr 0.0.0.0/0 meta l4proto icmp accept comment "r"',
        'type filter hook output priority filter; policy drop;',
        'oif lo accept',
        'ct state established,related accept',
        'udp sport 68 udp dport 67 accept',
        'ip daddr 0.0.0.0/0 tcp dport 443 accept comment "r"',
        'ip daddr 169.254.169.254 tcp dport 5100 accept comment "r"',
      ],
    );
  });
  it('tells of what it refuses where a proof wants to hear it', () => {
    assert.match(nodeRuleset('core', [], addressOf, 'tell'), /reject with icmp type admin-prohibited\n {2}\}/);
    assert.doesNotMatch(nodeRuleset('core', [], addressOf), /reject/);
  });
  it('of the hub guards databases and nothing else', () => {
    assert.deepEqual(
      inner(hubRuleset(['db'], [rule({ at: ['db'], ports: [3306, 3306] })], addressOf)).map((line) => line.trim()),
      [
        'type filter hook input priority filter; policy accept;',
        'ct state established,related accept',
        'ip daddr 198.18.0.1 ip saddr 10.0.0.11 tcp dport 3306 accept comment "r"',
        'ip daddr 198.18.0.1 drop',
      ],
    );
  });
});

describe('rules of a synthesized stack', () => {
  const line = (r: FirewallRule) =>
    `${r.name}: ${r.direction} ${r.at.join()} ${r.protocol} ${r.ports?.join('-') ?? '*'} ${r.peers.join()}`;
  it('for AWS are those of its groups, and what EC2 never filters', () => {
    const of = (name: string) => `\${aws_security_group.${name}.id}`;
    const port = { from_port: 22, to_port: 22, ip_protocol: 'tcp' };
    const resources = {
      aws_vpc_security_group_ingress_rule: {
        a_ssh_0123ABCD: { ...port, security_group_id: of('nodes'), referenced_security_group_id: of('nodes') },
        six: { ...port, security_group_id: of('nodes'), cidr_ipv6: '::/0' },
        db: { ...port, security_group_id: of('db'), referenced_security_group_id: of('core') },
      },
      aws_vpc_security_group_egress_rule: {
        out: { ip_protocol: '-1', security_group_id: of('nodes'), cidr_ipv4: '0.0.0.0/0' },
      },
    };
    const nodes = [
      ['core', ['nodes', 'core']],
      ['dea', ['nodes']],
    ] as const;
    assert.deepEqual(awsSynthFirewall(resources, nodes, [['db.example', ['db']]]).map(line), [
      'always: metadata, DNS and time: out core,dea tcp 80-80 169.254.169.254/32',
      'always: metadata, DNS and time: out core,dea all * 169.254.169.253/32,169.254.169.123/32',
      'a_ssh: in core,dea tcp 22-22 core,dea',
      'db: in db.example tcp 22-22 core',
      'out: out core,dea all * 0.0.0.0/0',
    ]);
  });
  it('for OpenStack are those of its groups, with those that Neutron adds', () => {
    const of = (name: string) => `\${openstack_networking_secgroup_v2.${name}.id}`;
    const resources = {
      openstack_networking_secgroup_v2: { own: { delete_default_rules: true }, kept: {} },
      openstack_networking_secgroup_rule_v2: {
        web: {
          direction: 'ingress',
          ethertype: 'IPv4',
          protocol: 'tcp',
          port_range_min: 80,
          port_range_max: 80,
          security_group_id: of('own'),
        },
        all: { direction: 'ingress', ethertype: 'IPv4', security_group_id: of('own'), remote_group_id: of('kept') },
      },
    };
    const ports = [
      ['core', { security_group_ids: [of('own')] }],
      ['dea', { security_group_ids: [of('kept')] }],
      ['open', { port_security_enabled: false }],
    ] as const;
    assert.deepEqual(openstackSynthFirewall(resources, ports).map(line), [
      'no port security: in open all * 0.0.0.0/0',
      'no port security: out open all * 0.0.0.0/0',
      'all: in core all * dea',
      'kept-default-egress: out dea all * 0.0.0.0/0',
      'web: in core tcp 80-80 0.0.0.0/0',
    ]);
  });
});

describe('the port table', () => {
  it('names every connection that a process of the model makes, in every version', () => {
    for (const text of ['2.6', '2.8', '2.10', '3.0', '3.2', '3.4', '3.6']) {
      const version = parseVersion(text);
      const running = (role: string) => processesOf(version, [role]).map((process) => process.name);
      // A process of every node stands for `all`.
      const rolesWith = (process: string) =>
        process === 'kato'
          ? ['all']
          : rolesOf(version).flatMap((r) => (running(r.name).includes(process) ? [r.name] : []));
      for (const edge of edges.filter((one) => knownTo(version, one))) {
        for (const role of edge.from.flatMap(rolesWith)) {
          const from = ['base', 'all'].includes(role)
            ? ['all']
            : [role.replace('cloud_controller', 'controller'), 'all'];
          const named = (port: number) =>
            PORT_TABLE.some(
              (row) =>
                knownTo(version, row) &&
                row.from.some((word) => from.includes(word)) &&
                row.to.some((word) => word === edge.to || word === 'all') &&
                row.ports[0] <= port &&
                port <= row.ports[1],
            );
          for (const port of edge.ports) assert.ok(named(port), `${text}: ${role} → ${edge.to} ${port} (${edge.why})`);
        }
      }
    }
  });
  it('names roles that there are', () => {
    const words = [...roles.map((role) => role.name), 'all', 'core', 'world', 'operator', 'metadata', 'login'];
    for (const row of PORT_TABLE) for (const word of [...row.from, ...row.to]) assert.ok(words.includes(word), word);
  });

  const nodes = [
    { name: 'core', roles: ['primary', 'controller', 'router'], world: false },
    { name: 'front', roles: ['router'], world: true },
    { name: 'dea', roles: ['dea'], world: false },
  ];
  const db = { host: 'db', port: 3306, usedBy: ['dea'] };
  const all = edgesOf({ version: '3.6', nodes, databases: [db], logins: ['front'] });
  const say = (edge: (typeof all)[number]) => `${edge.from} ${edge.to} ${edge.port}`;
  it('becomes edges between the nodes of a cluster, both ends of a range', () => {
    const words = all.map(say);
    const there = [
      'front core 4567',
      'front dea 41000',
      'core dea 61000',
      'world front 443',
      'dea db 3306',
      'operator front 22',
    ];
    for (const edge of there) assert.ok(words.includes(edge), edge);
    for (const edge of ['world core 443', 'core core 4222', 'operator core 22', 'dea core 8046'])
      assert.ok(!words.includes(edge), edge);
    assert.ok(!edgesOf({ version: '3.6', nodes, databases: [], logins: [] }).some((e) => e.from === 'operator'));
  });
  it('is carried by rules on both sides, where there are two', () => {
    const edge = all.find((e) => say(e) === 'front core 4567')!;
    const into = rule({ ports: [4000, 5000], peers: ['front'] });
    const out = rule({
      at: ['front'],
      direction: 'out',
      protocol: 'all',
      ports: undefined,
      peers: ['0.0.0.0/0'],
    } as Partial<FirewallRule>);
    assert.ok(passes(edge, [into, out]));
    for (const rules of [
      [into],
      [out],
      [],
      [out, { ...into, protocol: 'udp' as const }],
      [out, { ...into, peers: ['dea'] }],
    ])
      assert.ok(!passes(edge, rules));
    const login = all.find((e) => say(e) === 'operator front 22')!;
    const from = (network: string) => rule({ at: ['front'], ports: [22, 22], peers: [network] });
    assert.deepEqual(carriersOf(login, [from('203.0.113.0/24')]), { out: undefined, in: [from('203.0.113.0/24')] });
    assert.ok(!passes(login, [from('192.0.2.0/24')]));
  });
});
