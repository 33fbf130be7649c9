import assert from 'node:assert/strict';
import type { NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import { it } from 'node:test';
import { placeOf } from '../../lib/model/place';

it('the address of a node is found when its network comes up, and stays when that goes', () => {
  const up = { eth0: [{ family: 'IPv4', internal: false, address: '10.0.0.10' } as NetworkInterfaceInfo] };
  let now: ReturnType<typeof networkInterfaces> = {};
  const place = placeOf({}, () => now);
  assert.equal(place.address, '127.0.0.1');
  now = up;
  assert.equal(place.address, '10.0.0.10');
  now = {};
  assert.equal(place.address, '10.0.0.10');
});
