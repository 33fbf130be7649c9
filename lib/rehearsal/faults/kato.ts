import { chownSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { atLeast, parseVersion } from '../../model/version';
import { stackato } from '../host/image';
import { type Fault, type FaultNode, type Scene, stagesWith } from './contract';

const kato = '/home/stackato/bin/kato';
const order = '/run/kato-fault';
const usesKato = (node: FaultNode) => stagesWith(node, /^\s*(k|kq|ready|roles) /m);
/** Commands that change something: those that really fail, hang or report wrongly. */
const changes =
  'role\\ add*|role\\ remove*|node\\ rename*|node\\ setup*|node\\ attach*|attach*|setup*|rename*|enable*|disable*|config\\ set*|relocate*|stop*|start*|restart*|license*|node\\ avail*|node\\ placement*|op*';

/** A wrapper of kato that follows an order in a file, `WORD TIMES`, and counts it down. */
export const katoWrapper = (own: string, file: string) => `#!/bin/sh
{ read -r what times hit <${file}; } 2>/dev/null || exec ${own} "$@"
[ "\${times:-0}" -gt 0 ] || exec ${own} "$@"
less() { echo "$what $((times - 1)) hit" >${file}; }
case $what in
  hang) less; exec sleep 100000 ;;
  fail) less; echo "kato: the controller does not answer"; exit 1 ;;
  lie) case "$*" in ${changes}) less; echo "kato: something went wrong"; exit 0 ;; esac ;;
esac
exec ${own} "$@"
`;

function wrap({ machine }: Scene): void {
  const file = join(machine.files, kato);
  renameSync(file, `${file}.own`);
  writeFileSync(file, katoWrapper(`${kato}.own`, order), { mode: 0o755 });
  chownSync(file, stackato.uid, stackato.gid);
}

/** Writes an order and waits until kato has followed it, or the node has booted or failed. */
async function obeyed(scene: Scene, what: string, times: number): Promise<boolean> {
  const file = scene.machine.live(order);
  writeFileSync(file, `${what} ${times}\n`);
  chownSync(file, stackato.uid, stackato.gid);
  const read = () => {
    try {
      return readFileSync(file, 'utf8');
    } catch {
      return '';
    }
  };
  while (!scene.over.aborted && !read().includes(`${what} 0 hit`)) await scene.wait(0.2);
  const hit = read().includes('hit');
  // the final check of the cluster needs a kato that works again
  rmSync(file, { force: true });
  return hit;
}

const never = 1_000_000;

export const katoFaults: readonly Fault[] = [
  {
    id: 'kato-fails',
    about: 'kato fails three times',
    prepares: 'kato',
    hits: usesKato,
    expected: 'converges',
    lasting: true,
    arrange: wrap,
    strike: (scene) => obeyed(scene, 'fail', 3),
  },
  {
    id: 'kato-broken',
    about: 'kato fails for ever',
    prepares: 'kato',
    hits: usesKato,
    // kato's answer to a command with a secret is not shown: it may repeat the secret.
    expected: { bounded: /kato .*(does not answer|failed \(1\))|kato node list/ },
    lasting: true,
    arrange: wrap,
    strike: (scene) => obeyed(scene, 'fail', never),
  },
  {
    id: 'kato-hangs',
    about: 'kato hangs for ever',
    prepares: 'kato',
    hits: usesKato,
    expected: { bounded: /kato/ },
    lasting: true,
    arrange: wrap,
    strike: (scene) => obeyed(scene, 'hang', never),
  },
  {
    id: 'kato-lies',
    about: 'a command of kato does nothing, says so and exits with 0',
    prepares: 'kato',
    // Up to 3.2.1 kato always exits with 0 (0.1-6, H).
    hits: (node) => (atLeast(parseVersion(node.version), '3.4') ? [] : usesKato(node)),
    expected: 'converges',
    lasting: true,
    arrange: wrap,
    strike: (scene) => obeyed(scene, 'lie', 1),
  },
];
