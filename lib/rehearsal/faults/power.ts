import { chownSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stackato } from '../host/image';
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

/** What a person did on the core before, and what must be there afterwards. */
const WORK = 'kato config set dea_ng by_hand 7 && stackato push shop';
const KEPT: Readonly<Record<string, RegExp>> = {
  'kato config get dea_ng by_hand': /^7$/m,
  'stackato apps': /^shop RUNNING$/m,
  'kato node setup firstuser -p x -u a@b.c a@b.c Other 2>&1 || :': /already set up/,
};

/** Puts another machine in the core's place, with its volume and address, once everybody has begun to attach. */
async function replaceCore(scene: Scene): Promise<boolean> {
  const { machine, wait, over } = scene;
  const booted = async () => (await machine.run('test -f /var/lib/stackato-node/done/boot')) as { code?: number };
  const until = async (ready: () => boolean | Promise<boolean>) => {
    for (const end = Date.now() + 120_000; Date.now() < end && !over.aborted; await wait(0.5))
      if (await ready()) return;
  };
  await until(() => scene.reached('attach'));
  await wait(scene.seconds);
  await machine.kato(WORK);
  await machine.stop();
  // What the core was told, it was told, on whichever machine.
  const history = join(machine.files, 'home/stackato/.kato-model/history');
  const told = readFileSync(history);
  machine.renew();
  writeFileSync(history, told);
  chownSync(history, stackato.uid, stackato.gid);
  machine.start();
  await until(async () => (await booted()).code === 0);
  return true;
}

async function coreKept({ machine }: Scene): Promise<string | undefined> {
  for (const [line, wanted] of Object.entries(KEPT)) {
    const said = await machine.kato(line).catch((error: Error) => error.message);
    if (!wanted.test(said)) return `the new core does not know what the old one knew: ${line}: ${said.trim()}`;
  }
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
    id: 'core-replaced',
    about: "another machine takes the core's place, with its volume and its address",
    prepares: 'core',
    // The last stage of a core that keeps all that it knows on its volume.
    hits: (node) => (node.core && node.source.disks.length > 0 && node.stages.has('kept') ? ['kept'] : []),
    expected: 'converges',
    strike: replaceCore,
    check: coreKept,
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
