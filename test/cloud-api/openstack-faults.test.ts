import assert from 'node:assert/strict';
import { it } from 'node:test';
import { volumeFaults } from '../../lib/cloud-api/openstack/faults';

const volume = (id: string, status: string, more: object = {}) => ({
  id,
  name: `mvp-${id}`,
  status,
  metadata: { 'stackato:cluster': 'mvp' },
  attachments: [],
  ...more,
});
const message = (id: string, at: string, user_message: string) => ({ resource_uuid: id, created_at: at, user_message });

it('says of each stuck volume what Cinder says, and what can be done', async () => {
  const volumes = [
    volume('b', 'error_extending', { attachments: [{}] }),
    volume('a', 'error_extending'),
    volume('c', 'error'),
    volume('d', 'in-use'),
    volume('e', 'error', { metadata: {} }),
  ];
  const all = [
    message('b', '2026-01-01', 'first'),
    message('b', '2026-01-02', 'extend volume: no room'),
    message('x', '2026-01-03', 'other'),
  ];
  const api = {
    list: () => Promise.resolve(volumes),
    find: (_: string, path: string) =>
      path.endsWith('=b') ? Promise.resolve({ messages: all }) : Promise.reject(new Error('406')),
  };
  const [a, b, c, ...more] = await volumeFaults(api, 'mvp');
  assert.deepEqual(more, []);
  assert.deepEqual(b?.messages, ['extend volume: no room', 'first']);
  assert.match(b!.next, /keeps its size and content; .*openstack volume set --state in-use b; then deploy again/);
  assert.deepEqual(a?.messages, []);
  assert.match(a!.next, /--state available a/);
  assert.match(c!.next, /openstack volume delete c/);
});
