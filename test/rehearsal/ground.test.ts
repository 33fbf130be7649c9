import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ToolError } from '../../lib/base/input';
import { faults } from '../../lib/rehearsal/faults';
import { chooseGround, type Ground, type MachineFacts, type Tried } from '../../lib/rehearsal/ground';
import { refuseFaults, refuseWishes } from '../../lib/rehearsal/refusals';

const yes: Tried = { works: true };
const no = (why: string, remedy?: string): Tried => ({ works: false, why, ...(remedy ? { remedy } : {}) });
const user: MachineFacts = {
  linux: true,
  root: false,
  missing: [],
  asRoot: no('not tried'),
  loops: no('not tried'),
  userNamespace: yes,
};
const root: MachineFacts = { ...user, root: true, asRoot: yes, loops: yes, userNamespace: no('not tried') };
const uidmap = no('newuidmap is not installed', 'apt-get install uidmap');

/** What a machine is, the way that is taken there, whether with data disks, what is said of it, what would give more. */
const table: readonly [string, MachineFacts, Ground['way'], boolean, RegExp | undefined, RegExp | undefined][] = [
  ['root with all', root, 'hosts', true, undefined, undefined],
  [
    'root without losetup',
    { ...root, missing: ['losetup', 'blkid'] },
    'hosts',
    false,
    /^without data disks: losetup, blkid not installed$/,
    /^apt-get install mount util-linux$/,
  ],
  ['root without loop devices', { ...root, loops: no('no device') }, 'hosts', false, /: no device$/, undefined],
  [
    'root of a container that may',
    { ...root, asRoot: no('EPERM'), userNamespace: yes },
    'user-namespace',
    false,
    /^root cannot make hosts here \(EPERM\): in a user namespace, without data disks$/,
    /as root/,
  ],
  ['a user', user, 'user-namespace', false, /^not root: in a user namespace, without data disks$/, /sudo/],
  [
    'a user without disk tools',
    { ...user, missing: ['losetup', 'mkfs.ext4'] },
    'user-namespace',
    false,
    /^not root/,
    /sudo/,
  ],
  [
    'a user without newuidmap',
    { ...user, userNamespace: uidmap },
    'one-host',
    false,
    /^not root, and user namespaces do not work \(newuidmap is not installed\): one node after the other/,
    /^apt-get install uidmap; .*sudo/,
  ],
  ['a user whom the kernel refuses', { ...user, userNamespace: no('EPERM') }, 'one-host', false, /EPERM/, /sudo/],
  [
    'root of a container that may not',
    { ...root, asRoot: no('EPERM'), userNamespace: no('EPERM') },
    'one-host',
    false,
    /^root cannot make hosts here/,
    /on a machine where root can/,
  ],
  [
    'root without ip',
    { ...root, missing: ['ip', 'curl'], asRoot: no('not tried') },
    'one-host',
    false,
    /^ip, curl not installed: one node/,
    /^apt-get install iproute2 curl$/,
  ],
  ['another Unix', { ...user, linux: false, missing: ['ip'] }, 'one-host', false, /^not Linux/, /on Linux/],
];

describe('where nodes are booted', () => {
  for (const [machine, facts, way, disks, said, more] of table) {
    it(`${machine}: ${way}`, () => {
      const ground = chooseGround(facts);
      assert.deepEqual([ground.way, ground.disks], [way, disks]);
      if (said) assert.match(ground.said!, said);
      else assert.equal(ground.said, undefined);
      if (more) assert.match(ground.more!, more);
      else assert.equal(ground.more, undefined);
      assert.equal(ground.notShown.length === 0, disks);
    });
  }

  it('is nowhere without what boot scripts need, and that is said with what to install', () => {
    const facts = { ...user, userNamespace: no('EPERM'), missing: ['python3', 'timeout'] };
    assert.throws(
      () => chooseGround(facts),
      (error) =>
        error instanceof ToolError &&
        /python3, timeout/.test(error.message) &&
        error.next === 'apt-get install python3-minimal coreutils',
    );
  });

  it('refuses what makes no sense there, and names what is needed', () => {
    const alone = chooseGround({ ...user, userNamespace: no('EPERM') });
    const wishes = { faults: ['kato-fails'], seed: 7, keep: true, timeline: true };
    assert.throws(
      () => refuseWishes(alone, wishes),
      /--fault: needs a separate host for each node.*sudo[\s\S]*--seed[\s\S]*--timeline[\s\S]*--keep/,
    );
    assert.throws(() => refuseWishes(chooseGround(user), wishes), /1 problem\n.*--keep/);
    refuseWishes(chooseGround(root), wishes);
  });

  it('refuses faults of disks where nodes have none', () => {
    const placed = ['disk-late', 'full-disk', 'kato-fails'].map((id) => {
      return { fault: faults.find((one) => one.id === id)!, node: 'core', moment: 'power', seconds: 8 };
    });
    assert.throws(() => refuseFaults(chooseGround(user), placed), /2 problems\n.*disk-late.*loop devices/);
    refuseFaults(chooseGround(root), placed);
    refuseFaults(chooseGround(user), placed.slice(2));
  });
});
