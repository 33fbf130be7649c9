import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { join } from 'node:path';
import { program } from '../host/program';
import { everyStage, type Fault, type FaultNode, POWER, type Scene, stagesWith } from './contract';
import { shut, shutFor } from './shut';

const usesDatabase = (node: FaultNode) => (node.cluster.databases.length > 0 ? stagesWith(node, /\bdb /) : []);
const databases = ({ node }: Scene) =>
  [...new Set(node.cluster.databases.map(({ port }) => port))].map(
    (port) => `output tcp dport ${port} ip daddr != 127.0.0.0/8 reject with tcp reset`,
  );
const named = (node: FaultNode) => node.cluster.databases.map(({ host }) => host).filter((host) => !isIPv4(host));

const link = (scene: Scene, lines: readonly string[]) =>
  program('ip', ['-n', scene.space, '-batch', '-'], { input: `${lines.join('\n')}\n`, doing: 'a fault in a network' });

async function routes(scene: Scene): Promise<string[]> {
  const text = await program('ip', ['-n', scene.space, 'route', 'show', 'default']);
  return text.split('\n').filter(Boolean);
}

export const networkFaults: readonly Fault[] = [
  {
    id: 'link-down',
    about: "the node's network is unplugged for a while",
    hits: everyStage,
    expected: 'converges',
    async strike(scene) {
      const ways = await routes(scene);
      await link(scene, ['link set eth0 down']);
      await scene.wait(scene.seconds);
      await link(scene, ['link set eth0 up', ...ways.map((way) => `route replace ${way}`)]);
      return undefined;
    },
  },
  {
    id: 'no-network',
    about: 'the host never has a network',
    hits: () => [POWER],
    expected: { bounded: /metadata service/ },
    arrange: (scene) => link(scene, ['link set eth0 down']).then(() => undefined),
  },
  {
    id: 'no-core',
    about: 'the node never reaches the core, though the core is well',
    hits: (node) => (node.core ? [] : stagesWith(node, /^ {2}port /m).slice(0, 1)),
    expected: { bounded: /waiting for the core: message bus/ },
    needs: 'nft',
    async strike(scene) {
      await shut(scene, ['output tcp dport { 4222, 7474, 8046 } ip daddr != 127.0.0.0/8 drop']);
      return undefined;
    },
  },
  {
    id: 'packet-loss',
    about: 'every tenth packet of the node is lost, both ways, all the time',
    hits: () => [POWER],
    expected: 'converges',
    seconds: 3600,
    lasting: true,
    needs: 'nft',
    strike: (scene) =>
      shutFor(scene, [
        'input iifname != "lo" numgen random mod 10 < 1 drop',
        'output oifname != "lo" numgen random mod 10 < 1 drop',
      ]),
  },
  {
    id: 'database-late',
    about: 'the database refuses connections for minutes',
    hits: (node) => (usesDatabase(node).length > 0 ? [POWER, ...usesDatabase(node)] : []),
    expected: 'converges',
    seconds: 150,
    needs: 'nft',
    strike: (scene) => shutFor(scene, databases(scene)),
  },
  {
    id: 'dns-late',
    about: 'the name of the database is not known for a while',
    prepares: 'names',
    hits: (node) => (usesDatabase(node).length > 0 && named(node).length > 0 ? [POWER] : []),
    expected: 'converges',
    seconds: 20,
    arrange({ machine, dir, node }) {
      const file = join(machine.files, 'etc/hosts');
      const lines = readFileSync(file, 'utf8').split('\n');
      const ours = (line: string) => named(node).some((name) => line.split(/\s+/).includes(name));
      writeFileSync(join(dir, 'names'), lines.filter(ours).join('\n'));
      writeFileSync(file, lines.filter((line) => !ours(line)).join('\n'));
    },
    async strike({ machine, dir, seconds, wait, placed }) {
      placed();
      await wait(seconds);
      // Appended, not rewritten: kato writes its own lines there meanwhile.
      appendFileSync(machine.live('/etc/hosts'), `\n${readFileSync(join(dir, 'names'), 'utf8')}\n`);
      return undefined;
    },
  },
];
