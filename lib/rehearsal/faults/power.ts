import type { Machine } from '../host/machine';
import { everyStage, type Fault, POWER, type Scene } from './contract';
import { shut } from './shut';

const hasOthers = (scene: { cluster: { nodes: readonly unknown[] } }) => scene.cluster.nodes.length > 1;

/** How many faults keep a machine without power. */
const unplugged = new WeakMap<Machine, number>();

async function cycle(scene: Scene, name: string, seconds: number): Promise<undefined> {
  const machine = scene.machines.get(name)!;
  unplugged.set(machine, (unplugged.get(machine) ?? 0) + 1);
  await machine.stop();
  await scene.wait(seconds);
  const others = unplugged.get(machine)! - 1;
  unplugged.set(machine, others);
  if (others === 0) machine.start();
  return undefined;
}

export const powerFaults: readonly Fault[] = [
  {
    id: 'power-cut',
    about: 'the plug is pulled in the middle of a boot, and the host comes back with its disks',
    hits: everyStage,
    expected: 'converges',
    seconds: 1,
    strike: (scene) => cycle(scene, scene.node.name, scene.seconds),
  },
  {
    id: 'reboot',
    about: 'somebody reboots the host in the middle of its boot',
    hits: everyStage,
    expected: 'converges',
    strike: async ({ machine }) => (await machine.run('reboot')).state === 'ran',
  },
  {
    id: 'duplicate-boot',
    about: 'the boot script is started a second time while it runs',
    hits: everyStage,
    expected: 'converges',
    strike: async ({ machine }) =>
      (await machine.run('sh /var/lib/cloud/scripts/per-boot/stackato-node')).state === 'ran',
  },
  {
    id: 'late-core',
    about: 'the core is powered on long after the others, which then attach at once',
    prepares: 'core',
    hits: (node) => (node.core && hasOthers(node) ? [POWER] : []),
    expected: 'converges',
    seconds: 20,
    arrange: (scene) => scene.hold(),
    async strike({ machine, seconds, placed, wait }) {
      placed();
      await wait(seconds);
      machine.start();
      return undefined;
    },
  },
  {
    id: 'core-restart',
    about: 'the core loses power while the node boots, and comes back after a while',
    hits: (node) => (node.core ? [] : everyStage(node)),
    expected: 'converges',
    seconds: 20,
    strike: (scene) => cycle(scene, scene.core, scene.seconds),
  },
  {
    id: 'core-outage',
    about: 'the core is away for so long that what runs on the other nodes goes FATAL',
    hits: (node) => (node.core ? [] : everyStage(node)),
    expected: 'converges',
    // More than 90 s (13.4, H).
    seconds: 100,
    strike: (scene) => cycle(scene, scene.core, scene.seconds),
  },
  {
    id: 'core-never',
    about: 'the core is never powered on',
    prepares: 'core',
    hits: (node) => (node.core && hasOthers(node) ? [POWER] : []),
    expected: { bounded: /waiting for the core: message bus|kept without power/ },
    arrange: (scene) => scene.hold(),
    async strike({ placed, lose }) {
      placed();
      lose('kept without power by the fault');
      return undefined;
    },
  },
  {
    id: 'attach-race',
    about: 'all nodes wait before the core and attach in the same second',
    hits: (node) => (node.core && hasOthers(node) ? [POWER] : []),
    expected: 'converges',
    seconds: 120,
    needs: 'nft',
    async strike(scene) {
      const open = await shut(scene, ['input iifname != "lo" tcp dport { 4222, 7474, 8046 } reject with tcp reset']);
      for (const end = Date.now() + scene.seconds * 1000; Date.now() < end && !scene.over.aborted; ) {
        if (scene.reached('core')) break;
        await scene.wait(0.3);
      }
      await open();
      return undefined;
    },
  },
];
