import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkDocument, type StackDocument } from '../../lib/validate/document';
import { declared, ofType } from '../aws/synth';
import { openstackDocument, SCHEMA } from './synth';

const ID = '11111111-1111-4111-8111-111111111111';

describe('the external network of a cluster', () => {
  const twenty = declared('twenty-node');
  const of = (network: object, loadBalancer: boolean) =>
    openstackDocument({
      ...twenty,
      clouds: { openstack: { ...twenty.clouds.openstack!, network: network as never, loadBalancer } },
    });

  it('may be named by its id, though floating addresses take a name only', () => {
    const existing = { networkId: ID, subnetId: ID, externalNetwork: ID };
    for (const network of [{ cidr: '10.0.0.0/16', externalNetwork: ID, dnsServers: [] }, existing])
      for (const loadBalancer of [false, true]) {
        const document = of(network, loadBalancer);
        assert.deepEqual(checkDocument(document as StackDocument, SCHEMA), []);
        const floating = ofType(document, 'openstack_networking_floatingip_v2');
        assert.ok(floating.length >= 2);
        for (const [name, address] of floating)
          assert.match(String(address['pool']), /^\$\{data\.openstack_networking_network_v2\.\w+\.name\}$/, name);
      }
  });
  it('is not looked up for the addresses where its name stands there', () => {
    const document = of({ cidr: '10.0.0.0/16', externalNetwork: 'public', dnsServers: [] }, true);
    for (const [name, address] of ofType(document, 'openstack_networking_floatingip_v2'))
      assert.equal(address['pool'], 'public', name);
  });
});
