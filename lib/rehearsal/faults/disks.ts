import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { program } from '../host/program';
import { everyStage, type Fault, type FaultNode, POWER, type Scene } from './contract';

const hasDisk = (node: FaultNode) => (node.stages.has('disk') && node.source.disks.length > 0 ? [POWER] : []);
const list = ({ dir }: Scene) => join(dir, 'disks');
const disk = ({ dir }: Scene) => join(dir, 'disk-0');

/** A foreign file system on the first disk, with a file that must still exist afterwards. */
async function format(scene: Scene, label: string): Promise<void> {
  await program('mkfs.ext4', ['-q', '-F', '-i', '67108864', '-E', 'lazy_journal_init=1', '-L', label, disk(scene)]);
  await program('debugfs', ['-w', '-R', `write ${list(scene)} kept`, disk(scene)]);
}

/** Whether the file from before the boot still exists: read from the disk itself, mounted or not. */
async function kept(scene: Scene): Promise<string | undefined> {
  const text = await program('debugfs', ['-R', 'stat /kept', disk(scene)]);
  return /^Inode: \d+/m.test(text) ? undefined : 'the file that the data disk held is gone';
}

/** Slow programs on the node: the effect of a slow disk on a script. */
function slow({ machine }: Scene): void {
  mkdirSync(join(machine.files, 'usr/local/sbin'), { recursive: true });
  for (const name of ['mkfs.ext4', 'mount', 'blkid', 'sync', 'e2label', 'tar']) {
    const text = `#!/bin/sh\nsleep 2\nPATH=/usr/sbin:/usr/bin:/sbin:/bin exec ${name} "$@"\n`;
    writeFileSync(join(machine.files, 'usr/local/sbin', name), text, { mode: 0o755 });
  }
}

/** A separate file system for the script's folder, small enough to fill. */
async function small(scene: Scene): Promise<void> {
  const file = join(scene.dir, 'small');
  await program('truncate', ['-s', '8M', file]);
  await program('mkfs.ext4', ['-q', '-F', '-O', '^has_journal', file]);
  const loop = (await program('losetup', ['--find', '--show', file])).trim().replace('/dev/', '');
  const [major, minor] = readFileSync(`/sys/block/${loop}/dev`, 'utf8').trim().split(':');
  writeFileSync(list(scene), `${readFileSync(list(scene), 'utf8')}small ${major} ${minor}\n`);
  mkdirSync(join(scene.machine.files, 'var/lib/stackato-node'), { recursive: true });
  const fstab = join(scene.machine.files, 'etc/fstab');
  writeFileSync(fstab, `${readFileSync(fstab, 'utf8')}/dev/small /var/lib/stackato-node ext4 defaults 0 0\n`);
}
// At most the size of the small file system, in case it is not mounted.
const fill = 'head -c 16777216 /dev/zero >/var/lib/stackato-node/filled 2>/dev/null; :';

export const diskFaults: readonly Fault[] = [
  {
    id: 'other-device',
    about: 'the kernel names the data disk otherwise than the cloud does',
    prepares: 'disk',
    hits: hasDisk,
    expected: 'converges',
    arrange: (scene) => writeFileSync(list(scene), readFileSync(list(scene), 'utf8').replace(/^\S+/, 'nvme1n1')),
  },
  {
    id: 'disk-ours',
    about: 'the data disk comes from an earlier node: our label, and files that must stay',
    prepares: 'disk',
    hits: hasDisk,
    expected: 'converges',
    arrange: (scene) => format(scene, 'stackato-data'),
    check: kept,
  },
  {
    id: 'disk-foreign',
    about: 'the data disk has a file system of somebody else, whose files must stay',
    prepares: 'disk',
    hits: hasDisk,
    expected: { bounded: /disk: .*holds data/ },
    arrange: (scene) => format(scene, 'somebody'),
    check: kept,
  },
  {
    id: 'disk-data',
    about: 'the data disk holds bytes that are no file system',
    prepares: 'disk',
    hits: hasDisk,
    expected: { bounded: /disk: .*holds data/ },
    arrange(scene) {
      const file = openSync(disk(scene), 'r+');
      writeSync(file, 'somebody keeps data here', 4096);
      closeSync(file);
    },
  },
  {
    id: 'disk-twins',
    about: 'two empty disks of the declared size are there',
    prepares: 'disk',
    hits: hasDisk,
    expected: { bounded: /disk: several disks of/ },
    arrange(scene) {
      const lines = readFileSync(list(scene), 'utf8');
      const [, major, minor] = lines.split('\n')[0]!.split(' ');
      writeFileSync(list(scene), `${lines}vdz ${major} ${minor}\n`);
    },
  },
  {
    id: 'disk-late',
    about: 'the data disk is attached long after power on',
    prepares: 'disk',
    hits: hasDisk,
    expected: 'converges',
    seconds: 15,
    arrange(scene) {
      writeFileSync(`${list(scene)}.late`, readFileSync(list(scene)));
      writeFileSync(list(scene), '');
    },
    async strike(scene) {
      const lines = readFileSync(`${list(scene)}.late`, 'utf8');
      scene.placed();
      await scene.wait(scene.seconds);
      const make = 'while read -r n a b; do [ -b /dev/$n ] || mknod -m 660 /dev/$n b $a $b; done';
      await scene.machine.run(make, Buffer.from(lines));
      writeFileSync(list(scene), lines);
      return undefined;
    },
  },
  {
    id: 'disk-never',
    about: 'the data disk is never attached',
    prepares: 'disk',
    hits: hasDisk,
    expected: { bounded: /disk: no disk of/ },
    arrange: (scene) => writeFileSync(list(scene), ''),
  },
  {
    id: 'slow-disk',
    about: 'programs that use disks take two seconds longer each',
    prepares: 'programs',
    hits: (node) => (node.stages.size > 0 ? [POWER] : []),
    expected: 'converges',
    arrange: slow,
  },
  {
    id: 'full-disk',
    about: "the disk below the boot script's own files is full for a while",
    prepares: 'own-disk',
    hits: everyStage,
    expected: 'converges',
    arrange: small,
    async strike(scene) {
      await scene.machine.run(fill);
      await scene.wait(scene.seconds);
      await scene.machine.run('rm -f /var/lib/stackato-node/filled');
      return undefined;
    },
  },
  {
    id: 'disk-stays-full',
    about: "the disk below the boot script's own files is full and stays so",
    prepares: 'own-disk',
    hits: (node) => everyStage(node).slice(0, -1),
    expected: { bounded: /[Nn]o space|no room left|cannot write/ },
    arrange: small,
    strike: async ({ machine }) => (await machine.run(fill)).state === 'ran',
  },
];
