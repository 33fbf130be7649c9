import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defineCluster } from '../../lib/declaration/define';
import { bootScript, ofType } from '../aws/synth';
import { sandbox } from '../kato/sandbox';
import { openstackDocument, plainData } from './synth';

/** The deployment on Open Cloud System of January 2013: one core, one node of data services, two DEAs. */
const deployment = (version: string) =>
  openstackDocument(
    defineCluster({
      name: 'ocs',
      hostname: '208.75.128.166.xip.io',
      version,
      admin: { email: 'ops@example.com', organization: 'Example', password: { secret: 'admin-password' } },
      pools: {
        data: { roles: ['data-services'], diskGib: 50, size: 'large' },
        dea: { roles: ['dea'], count: 2 },
      },
      clouds: { openstack: { image: 'stackato', network: { externalNetwork: 'public' } } },
    }),
  );

/** What a pool's script calls, in its order, until it ends; disks and waits for others are left out. */
function calls(version: string, pool: string): string[] {
  const servers = ofType(deployment(version), 'openstack_compute_instance_v2').map(([, r]) => r);
  const server = servers.find((r) => (r['metadata'] as Record<string, string>)['stackato:pool'] === pool)!;
  const script = bootScript(plainData(server)).replaceAll(/^stage (disk|core|relocate) /gm, (line, stage: string) =>
    stage === 'core' && pool === 'core' ? line : `: stage ${stage} `,
  );
  const box = sandbox('dash');
  try {
    box.boot(script);
    if (box.read('reboots')) box.boot(script);
    const kato = box.kato().map((words) => `kato ${words.join(' ')}`);
    const at = box.read('reboots') ? kato.indexOf('kato disable mdns') + 1 : kato.length;
    const all = [...kato.slice(0, at), ...(box.read('reboots') ? ['sudo reboot'] : []), ...kato.slice(at)];
    return all.filter((call) => call !== 'kato ready');
  } finally {
    box.remove();
  }
}

describe('the deployment of January 2013, declared with version 2.6', () => {
  it('boots its core with exactly the commands that it was made with, in their order', () => {
    assert.deepEqual(calls('2.6', 'core'), [
      'kato rename 208.75.128.166.xip.io',
      'kato disable mdns',
      'sudo reboot',
      'kato setup core api.208.75.128.166.xip.io',
      'kato enable stager',
    ]);
  });
  it('attaches its DEAs over the address in the LAN', () =>
    assert.deepEqual(calls('2.6', 'dea'), ['kato attach -e dea 10.0.0.10']));
  it('attaches its data services over the address in the LAN', () =>
    assert.deepEqual(calls('2.6', 'data'), ['kato attach -e data-services 10.0.0.10']));
});

describe('the same with version 3.6', () => {
  it('attaches with the words of that version', () => {
    const servers = ofType(deployment('3.6'), 'openstack_compute_instance_v2').map(([, r]) => r);
    const line = (pool: string, word: string) => {
      const server = servers.find((r) => (r['metadata'] as Record<string, string>)['stackato:pool'] === pool)!;
      return bootScript(plainData(server))
        .split('\n')
        .find((l) => l.includes(word));
    };
    assert.equal(line('dea', 'attach -e'), '  k node attach -e dea "$CORE"');
    assert.equal(line('data', 'attach -e'), '  k node attach -e data-services "$CORE"');
    assert.equal(line('core', 'setup core'), '  k node setup core api.208.75.128.166.xip.io');
  });
});
