import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { GateAnswer } from '../host/gate';
import { metadataAddress } from '../host/hub';
import { type Fault, type FaultNode, POWER, type Scene, stagesWith } from './contract';
import { shut, shutFor } from './shut';

const metadata = [`output ip daddr ${metadataAddress} tcp dport 80 drop`];
/** Shell functions of all boot scripts that call the cloud's store. */
const asks = /\b(secret|share|take|db)\b/;
const asksStore = (node: FaultNode) => (node.source.role === undefined ? [] : stagesWith(node, asks));

/** As AWS answers a role whose policy has not arrived everywhere yet, and as an OpenStack service that is being restarted. */
function refused(head: string): GateAnswer {
  if (!/^x-amz-target:/im.test(head))
    return { status: 503, body: { error: { code: 503, title: 'Service Unavailable' } } };
  const message = 'User is not authorized to perform this action';
  return { status: 400, body: { __type: 'AccessDeniedException', message, Message: message } };
}

/** As AWS answers a signature more than five minutes away from its own clock. */
function stale(head: string): GateAnswer | undefined {
  const at = /^x-amz-date: (\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/im.exec(head)?.slice(1).map(Number);
  if (!at) return undefined;
  const [year, month, day, hour, minute, second] = at as [number, number, number, number, number, number];
  const skew = Math.abs(Date.now() - Date.UTC(year, month - 1, day, hour, minute, second));
  if (skew < 300_000) return undefined;
  return {
    status: 400,
    body: { __type: 'InvalidSignatureException', message: 'Signature expired: is now earlier than' },
  };
}

async function ruled(scene: Scene, rule: (head: string) => GateAnswer | undefined, seconds: number): Promise<boolean> {
  let hit = false;
  const counted = (head: string, from: string) => {
    const answer = from === scene.node.source.address ? rule(head) : undefined;
    if (answer) hit = true;
    return answer;
  };
  scene.gate.rules.add(counted);
  scene.placed();
  await scene.wait(seconds);
  scene.gate.rules.delete(counted);
  return hit;
}

const clock = '/usr/lib/stackato-clock';

/** `date` and Python of the node live in 2013; the kernel's own clock cannot be another for one host alone. */
function oldClock({ machine }: Scene): void {
  const put = (file: string, text: string) => {
    mkdirSync(dirname(join(machine.files, file)), { recursive: true });
    writeFileSync(join(machine.files, file), text);
    chmodSync(join(machine.files, file), 0o755);
  };
  const late = '[ ! -e /run/clock-is-right ]';
  put('/usr/local/sbin/date', `#!/bin/sh\n${late} && exec /bin/date -d '-12 years' "$@"\nexec /bin/date "$@"\n`);
  put('/usr/local/sbin/python3', `#!/bin/sh\n${late} && export PYTHONPATH=${clock}\nexec /usr/bin/python3 "$@"\n`);
  put(
    `${clock}/usercustomize.py`,
    'import time\nold,gm=time.time,time.gmtime\ntime.time=lambda: old()-378691200\ntime.gmtime=lambda s=None: gm(time.time() if s is None else s)\n',
  );
}

export const cloudFaults: readonly Fault[] = [
  {
    id: 'metadata-late',
    about: 'the metadata service does not answer when the host comes up',
    hits: () => [POWER],
    expected: 'converges',
    seconds: 15,
    needs: 'nft',
    strike: (scene) => shutFor(scene, metadata),
  },
  {
    id: 'metadata-outage',
    about: 'the metadata service is gone for a while in the middle of a boot',
    hits: (node) => stagesWith(node, /\b(secret|share|take|db|zone)\b/),
    expected: 'converges',
    needs: 'nft',
    strike: (scene) => shutFor(scene, metadata),
  },
  {
    id: 'metadata-never',
    about: 'the metadata service never answers this host',
    hits: () => [POWER],
    expected: { bounded: /metadata service/ },
    needs: 'nft',
    strike: (scene) => shut(scene, metadata).then(() => undefined),
  },
  {
    id: 'secrets-refused',
    about: 'the secret store refuses the node, as a new role is refused, and then answers',
    hits: asksStore,
    expected: 'converges',
    strike: (scene) => ruled(scene, refused, scene.seconds),
  },
  {
    id: 'secrets-forbidden',
    about: 'the secret store refuses the node for ever',
    hits: (node) => stagesWith(node, node.source.role === undefined ? /^$/ : asks),
    expected: { bounded: /AccessDenied|not authorized/ },
    lasting: true,
    strike: (scene) => ruled(scene, refused, 3600),
  },
  {
    id: 'clock-late',
    about: "the host's clock is twelve years late until time is set, and AWS refuses what it signs",
    prepares: 'clock',
    hits: asksStore,
    expected: 'converges',
    seconds: 15,
    // The clock is late from power on; this stage is the first that uses it, and some time later it is set.
    arrange: oldClock,
    async strike(scene) {
      const hit = await ruled(scene, stale, scene.seconds);
      writeFileSync(scene.machine.live('/run/clock-is-right'), '');
      return hit;
    },
  },
];
