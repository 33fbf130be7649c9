import type { RuleCase } from './case';
import { keeps, manifest, plan, updates } from './fixtures';
import { group, ingress, instance } from './resources';

const machine = 'aws_instance.web';
const two = { before: manifest(), after: manifest() };
const core = 'aws_security_group.paas_core';
const configuration = (address: string, ...attributes: string[]) => ({
  configuration: {
    root_module: {
      resources: [{ address, mode: 'managed', expressions: Object.fromEntries(attributes.map((name) => [name, {}])) }],
    },
  },
});
const drift = (...entries: object[]) => ({ resource_drift: entries });
const block = (port: number, cidr: string) => ({ ...ingress(port, { cidr_blocks: [cidr] }), security_groups: [] });
const listed = (...blocks: object[]) =>
  updates(core, { id: 'sg-paas_core', ingress: [] }, { id: 'sg-paas_core', ingress: blocks });
/** What a rule of its own in the plan explains. */
const web = keeps('aws_security_group_rule.web', ingress(443, { cidr_blocks: ['0.0.0.0/0'] }));

export const driftCases: readonly RuleCase[] = [
  {
    rule: 'drift-seen',
    fires: plan({ extra: drift(updates(machine, instance(), { instance_type: 'm3.xlarge' })) }),
    misses: plan({ extra: drift(updates(machine, instance(), { tags: {} })) }),
    says: [/`instance_type` `m3\.large` → `m3\.xlarge`/],
  },
  {
    // What a refresh fills in for the first time is no drift, nor is what nobody configured.
    rule: 'drift-seen',
    fires: plan({
      extra: {
        ...configuration(machine, 'ami'),
        ...drift(updates(machine, instance(), { ami: 'ami-by-hand', private_dns: 'x' })),
      },
    }),
    misses: plan({
      extra: {
        ...configuration(machine, 'ami', 'ebs_block_device', 'key_name'),
        ...drift(
          updates(
            machine,
            instance({ ebs_block_device: [], key_name: '', private_dns: 'a', metadata_options: [{ a: 1 }] }),
            { ebs_block_device: [{ size: 1 }], key_name: 'k', private_dns: 'b', metadata_options: [{ a: 2 }] },
          ),
        ),
      },
    }),
    says: [/`ami` `ami-0aaa` → `ami-by-hand`/],
  },
  {
    rule: 'drift-seen',
    fires: plan({
      extra: {
        ...configuration(machine, 'ami'),
        ...drift(updates(machine, instance({ instance_state: 'running' }), { instance_state: 'stopped' })),
      },
    }),
    misses: plan({
      extra: {
        ...configuration(machine, 'ami'),
        ...drift(updates(machine, instance({ instance_state: 'pending' }), { instance_state: 'running' })),
      },
    }),
    says: [/`running` → `stopped`/],
  },
  {
    // Tags by which this library finds its resources are more than words.
    rule: 'drift-seen',
    fires: plan({
      extra: drift(updates(machine, instance({ tags: { 'stackato:cluster': 'mvp' } }), { tags: { Name: 'mvp' } })),
    }),
    misses: plan({ extra: drift(updates(machine, instance(), { tags: { Name: 'other' } })) }),
  },
  {
    // A group in which a machine was put by hand: the list was not empty before.
    rule: 'drift-seen',
    fires: plan({
      extra: {
        ...configuration(machine, 'ami'),
        ...drift(updates(machine, instance({ vpc_security_group_ids: ['a'] }), { vpc_security_group_ids: ['a', 'b'] })),
      },
    }),
    misses: plan({
      extra: drift(
        updates(machine, instance({ vpc_security_group_ids: ['a', 'b'] }), { vpc_security_group_ids: ['b', 'a'] }),
      ),
    }),
  },
  {
    rule: 'drift-opened',
    fires: plan({
      ...two,
      changes: [group('paas_core'), web],
      extra: { ...configuration(core, 'name'), ...drift(listed(block(443, '0.0.0.0/0'), block(22, '0.0.0.0/0'))) },
    }),
    misses: plan({
      ...two,
      changes: [group('paas_core'), web],
      extra: { ...configuration(core, 'name'), ...drift(listed(block(443, '0.0.0.0/0'))) },
    }),
    says: [/security group of core`: `22\/tcp` is open to `0\.0\.0\.0\/0`, but not declared/],
  },
  {
    // The group's own entry in the plan lists what the refresh found: no declaration either.
    rule: 'drift-opened',
    fires: plan({
      ...two,
      changes: [keeps(core, { id: 'sg-paas_core', ingress: [block(22, '0.0.0.0/0')] })],
      extra: { ...configuration(core, 'name'), ...drift(listed(block(22, '0.0.0.0/0'))) },
    }),
    misses: plan({
      ...two,
      changes: [keeps(core, { id: 'sg-paas_core', ingress: [block(22, '0.0.0.0/0')] })],
      extra: { ...configuration(core, 'name', 'ingress'), ...drift(listed(block(22, '0.0.0.0/0'))) },
    }),
  },
];
