import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { synthesizeTarget } from '../../bin/synthesize';
import type { Target } from '../../lib/deploy/target';
import { deliver, deliveryProblem } from '../../lib/operate/deliver';
import { planDelivery } from '../../lib/operate/delivery-plan';
import type { HostShell, RehearsalResult } from '../../lib/rehearsal/contract';
import { faultNodes, parseFaults } from '../../lib/rehearsal/faults/place';
import { shorten } from '../../lib/rehearsal/faults/stages';
import { runOf } from '../../lib/rehearsal/host/ledger';
import { netFile, spaceOf } from '../../lib/rehearsal/host/network';
import { rehearse } from '../../lib/rehearsal/hosts/rehearse';
import type { NodeSource } from '../../lib/rehearsal/source/source';
import { openstackSynth } from '../../lib/rehearsal/source/synth-openstack';
import { readResources } from '../../lib/rehearsal/source/synth-resources';
import { collectedIo } from '../collected-io';
import { need } from '../programs';
import { makeKey } from './sshd';
import type { WaitedInside, WaitInside } from './wait-inside';

/** The verb `wait` over real ssh on the hosts of a rehearsal, the others reached through the core. */

const NAME = 'waiting';
const PORT = 2222;
const folder = mkdtempSync(join(tmpdir(), 'stackato-wait-'));
const identity = join(folder, 'key');
let target: Target;

const SSHD = `set -e
mkdir -p /run/sshd /root
cat >/root/sshd-key.pub
[ -e /root/sshd-host ] || ssh-keygen -q -t ecdsa -N '' -f /root/sshd-host
exec /usr/sbin/sshd -f /dev/null -h /root/sshd-host -o Port=${PORT} -o PidFile=none -o UsePAM=no -o StrictModes=no \\
  -o PermitRootLogin=prohibit-password -o AuthorizedKeysFile=/root/sshd-key.pub -E /var/log/sshd-test.log`;

/** Boots the cluster, delivers its secrets, and waits for it from the core's network. */
async function waited(boot: string, faults: readonly string[]): Promise<WaitedInside & { booted: RehearsalResult }> {
  const manifest = target.manifest!;
  const plan = planDelivery(manifest);
  const values = new Map(plan.asked.map((name) => [name, Buffer.from('planted')]));
  const whole = openstackSynth(readResources(target.dir));
  // a stage that can not succeed tries for up to an hour in earnest
  const limited = (node: NodeSource) =>
    faults.some((fault) => fault.includes(node.name)) ? { ...node, userData: shorten(node.userData, 40) } : node;
  const source = { ...whole, nodes: whole.nodes.map(limited) };
  const machine = (node: { name: string; address: string }) => [node.name, { machine: boot, inside: node.address }];
  const outputs = {
    stackato_manifest: manifest,
    stackato_addresses: Object.fromEntries(source.nodes.map(machine)),
  };
  const asked: WaitInside = { file: join(folder, `${NAME}.yaml`), outputs, identity, port: PORT };
  let inside: WaitedInside | undefined;
  const visit = async (shell: HostShell, signal: AbortSignal) => {
    const { seen, ended } = waitInside(
      asked,
      source.nodes.map(({ name }) => name),
    );
    for (const { name } of source.nodes) await sshd(shell, name);
    // begins late: there must be something to wait for
    await Promise.race([seen, ended]);
    const problem = deliveryProblem(await deliver(plan, values, shell, { signal }));
    if (problem && !signal.aborted) throw problem;
    inside = await ended;
  };
  const expected = Object.fromEntries(Object.entries(manifest.nodes).map(([node, { roles }]) => [node, roles]));
  const settings = { name: NAME, version: manifest.version, expected, visit, limit: 200 };
  const placed = parseFaults(faults, faultNodes(source, manifest.version, 'core'));
  const booted = await rehearse(source, { ...settings, faults: placed }, () => undefined, AbortSignal.timeout(260_000));
  assert.ok(inside, booted.nodes.map((n) => `${n.name}: ${n.problems.join('; ')}`).join('\n'));
  return { ...inside, booted };
}

async function sshd(shell: HostShell, node: string): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(300)) {
    const answer = await shell.run(node, SSHD, readFileSync(`${identity}.pub`));
    if (answer.state === 'ran') return assert.equal(answer.code, 0, `${node}: ${answer.err}`);
  }
  assert.fail(`${node} did not come up`);
}

/** The verb in the network of the core; everything else is this machine's. Tells when it has seen all nodes, and how it ended. */
function waitInside(
  asked: WaitInside,
  nodes: readonly string[],
): { seen: Promise<void>; ended: Promise<WaitedInside> } {
  const program = join(__dirname, 'wait-inside.js');
  const words = [`--net=${netFile(spaceOf(runOf(NAME), 'core'))}`, process.execPath, program, JSON.stringify(asked)];
  let see: () => void;
  const seen = new Promise<void>((resolve) => {
    see = resolve;
  });
  const ended = new Promise<WaitedInside>((done, failed) => {
    const child = execFile('nsenter', words, { cwd: folder, timeout: 250_000 }, (error, stdout, stderr) => {
      if (error) failed(new Error(`${error.message}\n${stderr}`));
      else done(JSON.parse(stdout) as WaitedInside);
    });
    let shown = '';
    child.stderr!.on('data', (text: string) => {
      shown += text;
      if (nodes.every((node) => new RegExp(`^${node} +(in stage|failed)`, 'm').test(shown))) see();
    });
  });
  return { seen, ended };
}

describe('waiting for nodes over ssh', () => {
  before(async () => {
    need('ssh');
    need('ssh-keygen');
    assert.doesNotThrow(() => readFileSync('/usr/sbin/sshd'), 'openssh-server is needed for this test');
    makeKey(identity);
    const file = join(folder, `${NAME}.yaml`);
    writeFileSync(file, CLUSTER);
    const io = collectedIo();
    target = await synthesizeTarget(file, { cloud: 'openstack', outdir: join(folder, 'cdktf.out') }, io);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('sees them boot, and ends with 0 when all have', async () => {
    const { code, out, err, shown, booted } = await waited('first', []);
    assert.equal(code, 0, `${out}\n${err}\n${shown}`);
    assert.ok(booted.ok, JSON.stringify(booted.nodes.map((n) => n.problems)));
    for (const node of ['core', 'data-1', 'dea-1'])
      assert.match(out, new RegExp(`^${node} +booted, .* after its start$`, 'm'));
    assert.match(out, /next: 3 nodes booted; log in at https:\/\/api\.waiting\.example\.com$/);
    for (const node of ['core', 'data-1', 'dea-1'])
      assert.match(shown, new RegExp(`^${node} +in stage \\w+ for `, 'm'));
    assert.doesNotMatch(shown, /stopped/, 'a script that is running');
    assert.match(readFileSync(join(folder, '.stackato', 'known_hosts'), 'utf8'), /stackato-waiting-dea-1-first/);
    assert.doesNotMatch(`${out}${err}${shown}`, /planted/);
  });

  it('ends with 1 and names node, stage, cause and remedy where a disk holds data of others', async () => {
    const { code, out, err } = await waited('second', ['disk-foreign:data-1']);
    assert.equal(code, 1, out);
    assert.match(out, /^core +booted/m);
    assert.match(err, /1 node of 3 did not boot\n {2}data-1: failed at stage disk: .*holds data that is not ours/);
    assert.match(err, /likely: the disk \/dev\/vd\w has a file system that is not ours\n {4}remedy: .*e2label/);
    assert.match(out, /next: cdktf-stackato wait /);
  });
});

const CLUSTER = `name: ${NAME}
hostname: waiting.example.com
version: "3.6"
admin: { email: ops@example.com, organization: Example, password: { secret: admin-password } }
core: { size: large }
pools:
  data: { roles: [{ data-services: { postgresql: {} } }], size: large, diskGib: 20 }
  dea: { roles: [dea], size: medium }
clouds:
  openstack:
    image: stackato-3.6
    network: { externalNetwork: public }
`;
