import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lackingProviders } from '../../lib/engine/init';

const openstack = { source: 'terraform-provider-openstack/openstack', version: '3.4.0' };
const config = { terraform: { required_providers: { aws: { source: 'aws', version: '5.100.0' }, openstack } } };
const told = (name: string, why: string) =>
  `Error: Failed to query available provider packages\n\nCould not retrieve the list of available versions for provider\n${name}: ${why}\n`;

describe('an engine that got no provider', () => {
  it('is understood, whether no registry answers or the mirror has others', () => {
    for (const why of [
      'could not connect to\nregistry.terraform.io: failed to request discovery document',
      'no available releases match the given\nconstraints 3.4.0',
      'provider\nregistry.terraform.io/terraform-provider-openstack/openstack was not found\nin any of the search locations',
    ]) {
      assert.deepEqual(lackingProviders(config, told(openstack.source, why)), [`${openstack.source} 3.4.0`]);
    }
    const both = told('hashicorp/aws', 'no') + told(openstack.source, 'no');
    assert.deepEqual(lackingProviders(config, both), ['aws 5.100.0', `${openstack.source} 3.4.0`]);
  });

  it('is quoted as it is where something else failed', () => {
    const broken = 'Error: Failed to install provider\n\nError while installing hashicorp/aws v5.100.0: checksum';
    assert.equal(lackingProviders(config, broken), undefined);
    assert.equal(lackingProviders({}, told(openstack.source, 'no')), undefined);
  });
});
