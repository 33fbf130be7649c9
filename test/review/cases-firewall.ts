import type { RuleCase } from './case';
import { creates, deletes, keeps, manifest, plan, replaces, updates } from './fixtures';
import { group, ingress } from './resources';

const two = { before: manifest(), after: manifest() };
const rule = (name: string) => `aws_security_group_rule.${name}`;
const needed = keeps(rule('nats'), ingress(4222, { source_security_group_id: 'sg-paas_cluster' }));
const groups = [group('paas_core'), group('paas_cluster')];

export const firewallCases: readonly RuleCase[] = [
  {
    rule: 'port-opened',
    fires: plan({ ...two, changes: [...groups, creates(rule('nats'), ingress(4222, { cidr_blocks: ['0.0.0.0/0'] }))] }),
    misses: plan({
      ...two,
      changes: [...groups, creates(rule('nats'), ingress(4222, { cidr_blocks: ['10.0.0.0/8'] }))],
    }),
    says: [/`4222\/tcp` of pool `core` is opened to `0\.0\.0\.0\/0`: NATS/, /carries no password/],
  },
  {
    // Narrowing a rule opens nothing, though its ports are new ones.
    rule: 'port-opened',
    fires: plan({ changes: [replaces(rule('ssh'), ingress(22, { cidr_blocks: ['0.0.0.0/0'] }), { to_port: 30 })] }),
    misses: plan({
      changes: [
        replaces(rule('ssh'), ingress(22, { from_port: 1, to_port: 65535, cidr_blocks: ['0.0.0.0/0'] }), {
          from_port: 22,
          to_port: 22,
        }),
      ],
    }),
    says: [/`23-30\/tcp`/],
  },
  {
    // The same rule in another group is another hole.
    rule: 'port-opened',
    fires: plan({
      changes: [
        group('a'),
        group('b'),
        replaces(rule('ssh'), ingress(22, { cidr_blocks: ['0.0.0.0/0'] }, 'a'), { security_group_id: 'sg-b' }),
      ],
    }),
    misses: plan({
      changes: [
        group('a'),
        updates(rule('ssh'), ingress(22, { cidr_blocks: ['0.0.0.0/0'] }, 'a'), { description: 'same' }),
      ],
    }),
    says: [/aws_security_group\.b/],
  },
  {
    rule: 'port-opened',
    fires: plan({
      changes: [
        updates(
          'aws_security_group.g',
          { ingress: [] },
          { ingress: [{ protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['0.0.0.0/0'] }] },
        ),
      ],
    }),
    misses: plan({
      changes: [
        updates(
          'aws_security_group.g',
          { ingress: [] },
          { ingress: [{ protocol: '-1', from_port: 0, to_port: 0, security_groups: ['sg-x'] }] },
        ),
      ],
    }),
    says: [/`all ports\/all`/, /a wide range/],
  },
  {
    rule: 'port-opened',
    fires: plan({
      changes: [
        creates('aws_vpc_security_group_ingress_rule.r', {
          ip_protocol: 'tcp',
          from_port: 7474,
          to_port: 7474,
          cidr_ipv6: '::/0',
          security_group_id: 'sg-1',
        }),
      ],
    }),
    misses: plan({
      changes: [
        creates('aws_vpc_security_group_ingress_rule.r', {
          ip_protocol: 'tcp',
          from_port: 7474,
          to_port: 7474,
          cidr_ipv6: 'fd00::/8',
          security_group_id: 'sg-1',
        }),
      ],
    }),
    says: [/the configuration store/],
  },
  {
    // Neutron: a rule without a peer is a rule for everybody; one whose peer is not made yet is not.
    rule: 'port-opened',
    fires: plan({
      changes: [
        creates('openstack_networking_secgroup_rule_v2.r', {
          direction: 'ingress',
          protocol: 'tcp',
          port_range_min: 9001,
          port_range_max: 9001,
        }),
      ],
    }),
    misses: plan({
      changes: [
        creates(
          'openstack_networking_secgroup_rule_v2.r',
          { direction: 'ingress', protocol: 'tcp', port_range_min: 9001, port_range_max: 9001 },
          { unknown: { remote_group_id: true } },
        ),
      ],
    }),
    says: [/supervisord/],
  },
  {
    // What only the declaration says counts as well.
    rule: 'port-opened',
    fires: plan({
      before: manifest(),
      after: manifest({
        more: {
          rules: [{ id: 'x', from: 'world', to: 'core', protocol: 'tcp', ports: [22, 22], why: 'ssh', sure: 'H' }],
        },
      }),
    }),
    misses: plan({ before: manifest(), after: manifest({ more: { rules: [] } }) }),
  },
  {
    rule: 'web-opened',
    fires: plan({ ...two, changes: [...groups, creates(rule('web'), ingress(443, { cidr_blocks: ['::/0'] }))] }),
    misses: plan({ ...two, changes: [...groups, creates(rule('web'), ingress(8443, { cidr_blocks: ['0.0.0.0/0'] }))] }),
  },
  {
    rule: 'rule-removed',
    fires: plan({
      ...two,
      changes: [...groups, deletes(rule('nats'), ingress(4222, { source_security_group_id: 'sg-paas_cluster' }))],
    }),
    // The same traffic is permitted by a wider rule that stays.
    misses: plan({
      ...two,
      changes: [
        ...groups,
        deletes(rule('nats'), ingress(4222, { source_security_group_id: 'sg-paas_cluster' })),
        keeps(rule('all'), ingress(0, { to_port: 65535, source_security_group_id: 'sg-paas_cluster' })),
      ],
    }),
    says: [/every node can no longer reach `core` on `4222\/tcp`: message bus/],
  },
  {
    rule: 'rule-removed',
    fires: plan({
      ...two,
      changes: [
        ...groups,
        updates(rule('nats'), ingress(4222, { source_security_group_id: 'sg-paas_cluster' }), {
          from_port: 4223,
          to_port: 4223,
        }),
      ],
    }),
    misses: plan({ ...two, changes: [...groups, needed] }),
  },
];
