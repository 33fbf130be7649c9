import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { run } from '../../bin/verbs/rehearse';
import type { RehearsalEvent, RehearsalOptions, RehearsalResult } from '../../lib/rehearsal/contract';
import { begin, clean, loops, mounted, namespaces, removeOf, runOf } from '../../lib/rehearsal/host/ledger';
import { rehearse } from '../../lib/rehearsal/hosts/rehearse';
import type { ClusterSource, NodeSource } from '../../lib/rehearsal/source/source';
import { collectedIo } from '../collected-io';

const coreAddress = '10.9.1.10';

/** A boot script by hand, as the contract has it: stages done once, status in a file and on the console, resumed after a reboot. */
function bootScript(stages: Readonly<Record<string, string>>): Buffer {
  const calls = Object.keys(stages).map(
    (name) => `stage ${name} do_${name.replaceAll('-', '_')} || { report boot failed "$(cat $state/error)"; exit 1; }`,
  );
  const bodies = Object.entries(stages).map(([name, body]) => `do_${name.replaceAll('-', '_')}() {\n${body}\n}`);
  const script = `#!/bin/sh
state=/var/lib/stackato-node
mkdir -p $state/done /var/lib/cloud/scripts/per-boot
self=/var/lib/cloud/scripts/per-boot/stackato-node
[ "$0" = $self ] || { cp "$0" $self.draft; chmod 700 $self.draft; mv $self.draft $self; }
exec >>/var/log/stackato-node.log 2>&1
report() {
  line="{\\"stage\\":\\"$1\\",\\"state\\":\\"$2\\",\\"seconds\\":$(( $(date +%s) - \${began:-0} )),\\"error\\":\\"$3\\"}"
  echo "$line" >>$state/status
  echo "stackato-node: $line" >/dev/console
}
stage() {
  [ -e $state/done/$1 ] && return 0
  began=$(date +%s)
  report $1 started
  if $2 >$state/error; then touch $state/done/$1; report $1 done; else report $1 failed "$(tail -1 $state/error)"; return 1; fi
}
kato() { su - stackato -c "/home/stackato/bin/kato $*"; }
ready() { for i in $(seq 100); do [ "$(kato process ready all)" = ready ] && return 0; sleep 0.2; done; return 1; }
port() { for i in $(seq 100); do curl -s --max-time 2 telnet://$1:$2 </dev/null | grep -q INFO && return 0; sleep 0.2; done; return 1; }
${bodies.join('\n')}
began=$(date +%s)
report boot started
${calls.join('\n')}
report boot done
`;
  return Buffer.from(script);
}

const sudoers = 'echo "stackato ALL=(ALL) NOPASSWD: ALL" > /etc/sudoers.d/stackato';
const attach = (roles: string) =>
  `ready && port ${coreAddress} 4222 && kato node attach -e ${roles} ${coreAddress} && kato info | grep -q ${roles.split(',')[0]}`;

const core = bootScript({
  rename: `${sudoers}; ready && kato role remove mdns && kato node rename paas.example.com --no-restart`,
  core: 'kato node setup core api.paas.example.com && [ "$(kato config get cluster endpoint)" = api.paas.example.com ]',
  config: 'kato config set dea_ng resources/memory_max_percent 85',
  user: 'ready && kato node setup firstuser -p model -u ops@example.com ops@example.com Example',
});
const dea = bootScript({
  attach: `${sudoers}; [ "$(cat /proc/sys/net/ipv4/ip_local_reserved_ports)" = 35000-61000 ] && ${attach('dea')}`,
  zone: `zone=$(curl -s http://169.254.169.254/latest/meta-data/placement/availability-zone) && kato node availabilityzone $zone && [ "$(kato node availabilityzone)" = us-west-2b ]`,
});
const data = bootScript({
  disk: '[ $(blockdev --getsize64 /dev/xvdf) = 1073741824 ] && mkfs.ext4 -q /dev/xvdf && mkdir -p /mnt/data && echo "/dev/xvdf /mnt/data ext4 defaults 0 2" >>/etc/fstab && mount /mnt/data',
  early: 'ready && kato config set mysql_node capacity 7',
  attach: attach('mysql,redis'),
  lost: '! kato config get mysql_node capacity',
  reboot: 'touch /var/lib/stackato-node/done/reboot; reboot; sleep 60; return 1',
  relocate:
    'ready && mountpoint -q /mnt/data && kato stop && install -d -o stackato /mnt/data/services && kato relocate services /mnt/data/services && kato start && [ -L /var/stackato/services ]',
  cloud: '[ "$(curl -s $AWS_ENDPOINT_URL/hello)" = "the cloud" ]',
  database:
    'kato config set mysql_node mysql/host apps.x.us-west-2.rds.amazonaws.com && kato config set mysql_node mysql/pass model && kato config set mysql_node aws_rds_compat true && kato config set mysql_gateway external_datastore true && kato restart mysql',
});

const node = (name: string, address: string, userData: Buffer, rest: Partial<NodeSource> = {}): NodeSource => ({
  name,
  address,
  userData,
  subnet: `${address.replace(/\.\d+$/, '')}.0/24`,
  zone: 'us-west-2b',
  instanceId: `i-${name}`,
  disks: [],
  ...rest,
});

const cluster: ClusterSource = {
  nodes: [
    node('core', coreAddress, gzipSync(core)),
    node('dea-1', '10.9.2.11', dea),
    node('data', '10.9.1.12', data, { disks: [{ gib: 1, device: '/dev/xvdf' }] }),
  ],
  databases: [{ host: 'apps.x.us-west-2.rds.amazonaws.com', port: 3306 }],
};
const expected = { core: ['primary', 'controller', 'router'], 'dea-1': ['dea'], data: ['mysql', 'redis'] };

async function traces(name: string): Promise<unknown> {
  const run = runOf(name);
  return {
    spaces: await namespaces(run),
    loops: await loops(run),
    mounted: mounted(run.dir),
    left: existsSync(run.dir) || existsSync(run.ledger),
    processes: execFileSync('ps', ['-eo', 'args'])
      .toString()
      .split('\n')
      .filter((line) => line.includes(run.prefix)),
  };
}
const nothing = { spaces: [], loops: [], mounted: false, left: false, processes: [] };

const explain = (result: RehearsalResult) =>
  result.nodes.map((n) => `${n.name}: ${n.problems.join('; ') || 'fine'}${n.log ? `\n${n.log}` : ''}`).join('\n');

describe('a rehearsal of three nodes', () => {
  it('boots each from its user data, twice, over a reboot, and leaves no trace', async () => {
    const cloud = createServer((_, response) => response.end('the cloud'));
    await new Promise<void>((resolve) => cloud.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(cloud.address() as { port: number }).port}`;
    const events: RehearsalEvent[] = [];
    try {
      const options = { name: 'test-three', version: '3.4.2', expected, endpoint, secondBoot: true, limit: 120 };
      const result = await rehearse(cluster, options, (event) => events.push(event), AbortSignal.timeout(240_000));
      assert.ok(result.ok, explain(result));
      const [, deaResult, dataResult] = result.nodes;
      assert.deepEqual(
        dataResult!.stages.map((s) => s.stage),
        ['disk', 'early', 'attach', 'lost', 'reboot', 'relocate', 'cloud', 'database'],
      );
      assert.deepEqual(dataResult!.roles, ['base', 'mysql', 'redis']);
      assert.deepEqual(deaResult!.roles, ['base', 'dea']);
      assert.equal(dataResult!.configSet, 5);
      const on = (name: string) =>
        events.filter((e) => e.node === name).flatMap((e) => ('host' in e ? [e.host.event] : []));
      assert.equal(on('data').filter((event) => event === 'reboot').length, 1, 'one reboot of its own');
      assert.equal(on('dea-1').filter((event) => event === 'user-script').length, 1, 'once per instance');
      assert.equal(on('dea-1').filter((event) => event === 'per-boot').length, 1, 'every later boot');
    } finally {
      cloud.close();
    }
    assert.deepEqual(await traces('test-three'), nothing);
  });

  it('says what failed, where, and with which words', async () => {
    const late = bootScript({ attach: `ready && kato node attach -e dea ${coreAddress} 2>&1` });
    const alone = { nodes: [node('dea-1', '10.9.1.11', late)], databases: [] };
    const options = { name: 'test-fails', version: '3.4.2', expected: { 'dea-1': ['dea'] }, limit: 60 };
    const result = await rehearse(alone, options, () => undefined, AbortSignal.timeout(120_000));
    assert.equal(result.ok, false);
    assert.match(result.nodes[0]!.problems[0]!, /cannot connect to the message bus at 10\.9\.1\.10:4222/);
    assert.deepEqual(await traces('test-fails'), nothing);
  });

  it('fails with the words of a visitor that could not do its work, and only on the nodes that still boot', async () => {
    const waits = bootScript({ wait: '[ -e /var/lib/stackato-node/secrets ] || sleep 300' });
    const two = { nodes: [node('core', coreAddress, waits), node('late', '10.9.1.11', waits)], databases: [] };
    const visit: RehearsalOptions['visit'] = async (shell) => {
      const way = async (name: string): Promise<unknown> => {
        const ran = await shell.run(name, 'cat >/var/lib/visited && cat /var/lib/visited', Buffer.from('a value'));
        if (ran.state === 'ran') return [ran.code, String(ran.out)];
        await new Promise((resolve) => setTimeout(resolve, 200));
        return way(name);
      };
      assert.deepEqual(await way('core'), [0, 'a value']);
      throw new Error('nobody knows the password');
    };
    const options = { name: 'test-visit', version: '3.4.2', expected: {}, limit: 60, visit };
    const result = await rehearse(two, options, () => undefined, AbortSignal.timeout(90_000));
    for (const { problems } of result.nodes) assert.equal(problems[0], 'nobody knows the password');
    assert.ok(!existsSync('/var/lib/visited'), 'the script ran on this machine');
    assert.deepEqual(await traces('test-visit'), nothing);
  });

  it('begins whole while what an ended one of its name left is being removed', async () => {
    const run = runOf('test-two-hands');
    const died = () => {
      const words = `require(${JSON.stringify(require.resolve('../../lib/rehearsal/host/ledger'))})`;
      const left = `${words}.begin(${words}.runOf('${run.name}')).then(() => process.kill(process.pid, 'SIGKILL'))`;
      return spawnSync(process.execPath, ['-e', left]).pid;
    };
    try {
      for (const first of ['begin', 'keeper', 'begin']) {
        const pid = died();
        assert.ok(mounted(run.dir), 'the one that died left nothing to remove');
        const both = [() => begin(run), () => removeOf(run, pid)];
        await Promise.all((first === 'begin' ? both : both.reverse()).map((one) => one()));
        assert.ok(mounted(run.dir) && existsSync(run.ledger), `what began is gone (${first} first)`);
        await clean(run);
      }
    } finally {
      await clean(run);
    }
    assert.deepEqual(await traces(run.name), nothing);
  });

  it('is stopped by its signal, and a killed one leaves no trace, nor hinders the next of its name', async () => {
    const slow = {
      nodes: [
        node('core', coreAddress, bootScript({ wait: 'sleep 600' }), { disks: [{ gib: 1, device: '/dev/xvdf' }] }),
      ],
      databases: [],
    };
    const options = { name: 'test-stopped', version: '3.4.2', expected: {}, limit: 300 };
    const run = runOf(options.name);
    const program = `
      const { rehearse } = require(${JSON.stringify(require.resolve('../../lib/rehearsal/hosts/rehearse'))});
      const cluster = ${JSON.stringify(slow)};
      for (const node of cluster.nodes) node.userData = Buffer.from(node.userData.data);
      rehearse(cluster, ${JSON.stringify(options)}, () => console.log('event'), new AbortController().signal);`;
    const killed = async () => {
      const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
      await new Promise((resolve) => child.stdout.once('data', resolve));
      assert.ok((await namespaces(run)).length > 0 && (await loops(run)).length === 1 && existsSync(run.ledger));
      child.kill('SIGKILL');
      await new Promise((resolve) => child.once('exit', resolve));
    };
    await killed();
    for (const end = Date.now() + 30_000; existsSync(run.ledger) && Date.now() < end; )
      await new Promise((resolve) => setTimeout(resolve, 200));
    assert.deepEqual(await traces(options.name), nothing);
    await killed();
    const controller = new AbortController();
    const stopped = rehearse(slow, options, (event) => 'stage' in event && controller.abort(), controller.signal);
    await assert.rejects(stopped, /the rehearsal was stopped/);
    assert.deepEqual(await traces(options.name), nothing);
    assert.doesNotMatch(readFileSync('/proc/self/mountinfo', 'utf8'), new RegExp(run.prefix));
  });
});

describe('the rehearsal of the shipped example', () => {
  it('boots the scripts that the toolkit renders, twice, without a cloud', async () => {
    const outdir = mkdtempSync(join(tmpdir(), 'rehearse-'));
    const io = collectedIo({ json: true, signal: AbortSignal.timeout(240_000) });
    try {
      // A name of its own: the MVP's own rehearsal may run beside this one.
      const file = join(outdir, 'cluster.yaml');
      writeFileSync(file, readFileSync('stacks/mvp.yaml', 'utf8').replace('name: mvp', 'name: example'));
      const code = await run([file], { cloud: 'aws', from: 'synth', twice: true, outdir }, io);
      const result = JSON.parse(io.text()) as RehearsalResult;
      assert.equal(code, 0, explain(result));
      assert.deepEqual(
        result.nodes.map((n) => n.name),
        ['core', 'data-1', 'dea-1', 'dea-2'],
      );
    } finally {
      rmSync(outdir, { recursive: true, force: true });
    }
    assert.deepEqual(await traces('example'), nothing);
  });

  for (const [carrier, more] of [
    ['files that an operator delivers', ''],
    ['Barbican', 'secrets: barbican\n    authUrl: https://keystone.example.com:5000/v3\n    '],
  ] as const) {
    it(`boots the scripts for OpenStack, with ${carrier}`, async () => {
      const outdir = mkdtempSync(join(tmpdir(), 'rehearse-'));
      const io = collectedIo({ json: true, signal: AbortSignal.timeout(240_000) });
      try {
        const file = join(outdir, 'cluster.yaml');
        const shipped = readFileSync('stacks/mvp.yaml', 'utf8').replace('name: mvp', 'name: example-os');
        writeFileSync(file, shipped.replace('image: stackato-3.6', `${more}image: stackato-3.6`));
        const code = await run([file], { cloud: 'openstack', from: 'synth', outdir }, io);
        assert.equal(code, 0, explain(JSON.parse(io.text()) as RehearsalResult));
      } finally {
        rmSync(outdir, { recursive: true, force: true });
      }
      assert.deepEqual(await traces('example-os'), nothing);
    });
  }

  it('ends and leaves the hosts for a look when they are to be kept, and clears them away the next time', async () => {
    const outdir = mkdtempSync(join(tmpdir(), 'rehearse-'));
    const file = join(outdir, 'cluster.yaml');
    writeFileSync(file, readFileSync('stacks/micro.yaml', 'utf8').replace('name: micro', 'name: kept'));
    const command = [
      join('dist', 'bin', 'cdktf-stackato.js'),
      'rehearse',
      file,
      '--cloud',
      'aws',
      '--from',
      'synth',
      '--outdir',
      outdir,
    ];
    const rehearsed = (...more: string[]) => {
      // A process that does not end is killed, and that is the failure.
      const words = { encoding: 'utf8', timeout: 120_000 } as const;
      const { status, stdout, stderr } = spawnSync(process.execPath, [...command, ...more], words);
      assert.equal(status, 0, stdout + stderr);
      return stdout;
    };
    try {
      const enter = /nsenter (--target .*)$/m.exec(rehearsed('--keep'))![1]!.split(' ');
      const look = spawnSync('nsenter', [...enter, '-c', 'kato node list'], { encoding: 'utf8' });
      assert.match(look.stdout, /^10\.\S+ .*primary/m, look.stderr);
      const rules = spawnSync('nsenter', [enter[0]!, enter[1]!, '--net', 'nft', 'list', 'ruleset'], {
        encoding: 'utf8',
      });
      assert.match(rules.stdout, /hook input priority filter; policy drop;/, rules.stderr);
      assert.match(rehearsed('--no-firewall'), /^the firewall was not tested: switched off by --no-firewall$/m);
    } finally {
      rmSync(outdir, { recursive: true, force: true });
    }
    assert.deepEqual(await traces('kept'), nothing);
  });
});
