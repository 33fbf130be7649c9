import assert from 'node:assert/strict';
import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import * as deploy from '../../bin/verbs/deploy';
import * as destroy from '../../bin/verbs/destroy';
import { type OpenstackApi, text } from '../../lib/cloud-api/openstack/api';
import { findOpenstackOrphans } from '../../lib/cloud-api/openstack/orphans';
import { type Applied, addressesOf, serversOf } from './openstack-applied';
import { practice, refused } from './openstack-verbs';
import { call } from './verbs';

/** A value that must be shown nowhere. */
export const PLANTED = 'planted-admin-password-0123456789';

/** Routers behind a balancer, with names in a zone and secrets in Barbican; its first apply is killed. */
export function routersCluster({ lab, real, folder }: Applied): void {
  const routers = () => {
    writeFileSync('routers.yaml', ROUTERS);
    return 'routers.yaml';
  };

  real(
    'finds what a killed apply made without the state, and heals that before it makes it a second time',
    async () => {
      const secret = {
        name: 'stackato/routers/admin-password',
        payload: PLANTED,
        payload_content_type: 'text/plain',
      };
      await lab.demo().call('key-manager', 'POST', '/secrets', secret);
      const run = call(deploy, [routers()], practice);
      await begun(lab.demo(), 'routers-balancer').finally(() => {
        for (const pid of engines(folder)) process.kill(pid, 'SIGKILL');
      });
      const { words } = await run;
      assert.match(words, /killed from outside after \d+ of \d+ operations/);
      assert.match(
        words,
        /in progress, and perhaps created without being in the state: .*openstack_lb_loadbalancer_v2/s,
      );
      const again = await refused(routers());
      assert.match(again, /the cloud has .* \(not in the state\)/);
      assert.match(again, /load balancer [0-9a-f-]{36} \(routers-balancer\)/);
      assert.match(again, /--heal/);
      const healed = await call(deploy, [routers()], { ...practice, heal: true });
      assert.equal(healed.exit, 0, healed.words || healed.io.messages());
      assert.match(healed.io.steps(), /second plan {2}empty/);
      const path = '/lbaas/loadbalancers?name=routers-balancer';
      const balancers = await lab.demo().list('load-balancer', path, 'loadbalancers');
      assert.deepEqual(
        balancers.map((one) => [one['name'], one['provisioning_status']]),
        [['routers-balancer', 'ACTIVE']],
      );
    },
  );

  real('has both routers behind the balancer, and its names lead there', async () => {
    const [balancer] = await lab
      .demo()
      .list('load-balancer', '/lbaas/loadbalancers?name=routers-balancer', 'loadbalancers');
    const path = `/lbaas/pools?loadbalancer_id=${text(balancer?.['id'])}`;
    const pools = await lab.demo().list('load-balancer', path, 'pools');
    assert.equal(pools.length, 2);
    for (const pool of pools) {
      const path = `/lbaas/pools/${text(pool['id'])}/members`;
      const members = await lab.demo().list('load-balancer', path, 'members');
      const nodes = await serversOf(lab, 'routers');
      const wanted = ['router-1', 'router-2'].map((node) => addressesOf(nodes.get(node))[0]).sort();
      assert.deepEqual(members.map((one) => text(one['address'])).sort(), wanted);
    }
    const [zone] = await lab.demo().list('dns', '/zones?name=routers.example.com.', 'zones');
    const records = await lab.demo().list('dns', `/zones/${text(zone?.['id'])}/recordsets?type=A`, 'recordsets');
    assert.deepEqual(records.map((one) => text(one['name'])).sort(), [
      '*.routers.example.com.',
      'routers.example.com.',
    ]);
    const floating = await lab.demo().list('network', '/floatingips', 'floatingips');
    const addresses = floating.map((one) => text(one['floating_ip_address']));
    for (const record of records) assert.ok(addresses.includes(String((record['records'] as string[])[0])));
  });

  real('is destroyed with its balancer and names', async () => {
    const { exit, io, words } = await call(destroy, [routers()], { ...practice, includingData: true });
    assert.equal(exit, 0, words || io.messages());
    assert.deepEqual(await findOpenstackOrphans(lab.demo(), 'routers', new Set()), []);
    assert.deepEqual(await lab.demo().list('dns', '/zones?name=routers.example.com.', 'zones'), []);
  });
}

const ROUTERS = `name: routers
hostname: routers.example.com
version: "3.6"
admin: { email: ops@example.com, organization: Example, password: { secret: admin-password } }
license: { secret: license }
licenseGib: 40
firewall: strict
core: { size: large, diskGib: 20 }
pools:
  router: { roles: [router], count: 2, size: medium }
  dea: { roles: [dea], size: large }
clouds:
  openstack:
    region: RegionOne
    authUrl: http://127.0.0.1:5000/v3
    image: stackato-3.6
    keyName: ops
    network: { externalNetwork: public, cidr: 10.1.0.0/16 }
    loadBalancer: true
    secrets: barbican
    dns: { zone: routers.example.com, email: ops@example.com }
`;

/** Waits until a balancer is being made. */
async function begun(api: OpenstackApi, name: string): Promise<void> {
  for (const end = Date.now() + 300_000; Date.now() < end; await sleep(100)) {
    const path = `/lbaas/loadbalancers?name=${name}`;
    if ((await api.list('load-balancer', path, 'loadbalancers')).length > 0) return;
  }
  throw new Error(`${name} was not begun within 5 minutes`);
}

/** Processes of an engine that works below a folder. */
function engines(folder: string): number[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .map(Number)
    .filter((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        return /(terraform|tofu)$/.test(words[0]!) && readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
      } catch {
        return false;
      }
    });
}
