import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync } from 'node:fs';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { carrier as awsCarrier } from '../../lib/aws/secrets';
import { type Carrier, renderBoot } from '../../lib/kato/render';
import type { Action } from '../../lib/kato/step';
import { absent, need } from '../programs';
import { type Sandbox, SHELLS, sandbox } from './sandbox';
import { version } from './version';

const carrier: Carrier = {
  get: { text: `get() { cat /var/lib/secret-$1 2>/dev/null || { echo "NotFound $1" >&2; return 1; }; }` },
  put: { text: 'put() { cp $2 /var/lib/secret-$1; }' },
};
const carrierOfAws = awsCarrier({
  region: 'us-west-2',
  secretPrefix: 'x/',
  name: 'mvp',
  image: { id: 'ami-1', imdsv2: false, rootGib: 40 },
});
const D = 'var/lib/stackato-node';
const script = (actions: readonly Action[], limit = 900, of = '3.6') => {
  const steps = actions.map((action) => ({ stage: 'it', action }));
  const text = renderBoot({ title: 'a test', version: version(of), steps, carrier }, { coreAddress: '127.0.0.1' });
  return text.replace('stage it 900', `stage it ${limit}`);
};
/** Seconds of the script's clock: enough for a second attempt, not for a third. */
const ENOUGH = 4;
const STOP: Action = { do: 'stop' };
const sh = (text: string): Action => ({ do: 'run', words: ['sh', '-c', text] });

for (const shell of SHELLS) {
  describe(`a boot script under ${shell}`, { skip: absent(shell) }, () => {
    let box: Sandbox;
    beforeEach(() => {
      box = sandbox(shell);
    });
    afterEach(() => box.remove());
    const status = () => box.read(`${D}/status`);
    const until = async (ready: () => boolean) => {
      for (let i = 0; !ready(); i++, await pause(20)) assert.ok(i < 500, 'it should happen within 10 s');
    };
    const kato = (body: string) => box.program('../home/stackato/bin/kato', body);
    /** Shell that waits until the test writes the file `go`. */
    const afterGo = () => `until [ -e ${box.root}/go ]; do /bin/sleep 0.02; done`;
    /** What a node does behind its boot, until `during` has ended. Its pauses are counted, and short. */
    const following = async (during: (pauses: (more: number) => Promise<void>) => Promise<void>) => {
      box.program('sleep', `echo >>${box.root}/pauses; exec /bin/sleep 0.02`);
      const env = { PATH: `${box.root}/bin:${process.env['PATH']}` };
      const words = [`${box.root}/var/lib/cloud/scripts/per-boot/stackato-node`, 'stage', 'follow', '99999999'];
      const child = spawn(`${box.root}/bin/sh`, words, { env, stdio: 'ignore' });
      try {
        await during((more) => {
          const before = box.read('pauses').length;
          return until(() => box.read('pauses').length >= before + more);
        });
      } finally {
        child.kill('SIGKILL');
        await until(() => (child.exitCode ?? child.signalCode) !== null);
      }
    };

    it('does nothing on a full disk, says so, and goes on when there is room', () => {
      box.program(
        'df',
        `echo "head"; if [ -f ${box.root}/seen ]; then echo "/dev/x 9 0 9999999 1% /"; else echo "/dev/x 9 9 0 100% /"; : >${box.root}/seen; fi`,
      );
      assert.equal(box.boot(script([STOP])), 0);
      assert.deepEqual(box.states(), ['it started', 'it retry', 'it done', 'boot done']);
      assert.match(status(), /"error":"no room left on the disk of \/"/);
      assert.deepEqual(box.kato(), [['stop']]);
    });

    it('tells the console what it cannot write to a file', () => {
      mkdirSync(`${box.root}/${D}`, { recursive: true });
      symlinkSync('/dev/full', `${box.root}/${D}/status`);
      symlinkSync('/dev/full', `${box.root}/${D}/room`);
      assert.equal(box.boot(script([STOP], ENOUGH)), 1);
      const lines = box.console().map((line) => JSON.parse(line.replace('stackato-node: ', '')) as object);
      assert.match(JSON.stringify(lines.at(-1)), /^\{"stage":"boot","state":"failed".*"error":"it: cannot write in /);
      assert.deepEqual(box.kato(), []);
    });

    it('names the log that it cannot write', () => {
      mkdirSync(`${box.root}/var/log/stackato-node.log`);
      assert.equal(box.boot(script([STOP], ENOUGH)), 1);
      assert.match(box.console().at(-1)!, /"error":"it: cannot write in .*stackato-node\.log"/);
      assert.deepEqual(box.kato(), []);
    });

    it('tells the console when it cannot even begin, and gives up in the end', () => {
      box.write('var/lib', 'no folder');
      assert.equal(box.boot(script([STOP])), 1);
      assert.match(box.console()[0]!, /"boot","state":"retry".*"error":"cannot begin: mkdir/);
      assert.match(box.console().at(-1)!, /"boot","state":"failed"/);
      assert.equal(box.console().length, 60);
    });

    it('names the command of kato that hangs, and leaves no process of it', async () => {
      box.limited();
      kato(`echo $$ >${box.root}/hung; exec /bin/sleep 60`);
      assert.equal(box.boot(script([STOP], 3).replace('MAX=600', 'MAX=1')), 1);
      assert.match(status(), /"error":"kato stop: has not ended in 1 s"/);
      await until(() => spawnSync('kill', ['-0', box.read('hung').trim()]).status === 1);
    });

    it('stays after the boot of a node and starts what went FATAL without the core, unless a person says not to', async () => {
      const waits: Action = { do: 'wait-core', port: 4222, why: 'message bus' };
      const calls = () => box.read('calls').split('\n').filter(Boolean);
      box.program('python', `[ ! -e ${box.root}/away ]`);
      kato(
        `echo "$*" >>${box.root}/calls; case $1 in start) rm -f ${box.root}/fatal;; esac; [ ! -e ${box.root}/fatal ] || echo "dea_ng FATAL"`,
      );
      assert.equal(box.boot(script([waits])), 0);
      await until(() => box.read('stays') !== '');
      assert.match(box.read('stays'), /^flock -n \S+\/follow sh \S+ stage follow 99999999\n$/);
      box.write('fatal', '');
      await following(async (pauses) => {
        await until(() => calls().includes('start') && calls().at(-1) === 'process list');
        await pauses(5);
        const asked = ['process list', 'start', 'process list'];
        assert.deepEqual(calls(), asked, 'it asks only while something may be wrong');
        box.write(`${D}/by-hand`, '');
        box.write('fatal', '');
        box.write('away', '');
        await pauses(3);
        rmSync(`${box.root}/away`);
        await pauses(5);
        assert.equal(calls().length, 3, 'a person does it by hand');
        rmSync(`${box.root}/${D}/by-hand`);
        await until(() => calls().length === 6);
        assert.deepEqual(calls().slice(3), asked);
      });
    });

    describe('with a database whose password the cloud may change', () => {
      const hole = (attribute: 'host' | 'password' | 'port') =>
        ({ hole: 'database', name: 'apps', attribute }) as const;
      const set: Action = {
        do: 'config',
        component: 'mysql_node',
        key: 'mysql/pass',
        value: hole('password'),
        type: 'string',
      };
      const steps = (...before: Action[]) => [
        ...before.map((action) => ({ stage: 'core', action })),
        ...[set, { do: 'restart', role: 'mysql' } as const].map((action) => ({ stage: 'database', action })),
      ];
      const waits: Action = { do: 'wait-core', port: 4222, why: 'message bus' };
      const ofCloud: Carrier = {
        db: { text: `db() { cat /var/lib/secret-$1-$2 2>/dev/null || fail "no $2 of $1"; }`, needs: ['fail'] },
        passwords: carrierOfAws['passwords']!,
      };
      const text = (...before: Action[]) =>
        renderBoot(
          { title: 'a test', version: version('3.6'), steps: steps(...before), carrier: ofCloud },
          { coreAddress: '127.0.0.1' },
        );
      const calls = () => box.read('calls').split('\n').filter(Boolean);
      const applied = (password: string) => [`config set --json mysql_node mysql/pass "${password}"`, 'restart mysql'];
      beforeEach(() => {
        mkdirSync(`${box.root}/var/lib`, { recursive: true });
        box.write('var/lib/secret-apps-password', 'one');
        box.program('python', ':');
        kato(`case $1 in process) exit;; esac; echo "$*" >>${box.root}/calls`);
      });
      for (const [who, before] of [
        ['a node', [waits]],
        ['a core', []],
      ] as const) {
        it(`sets it again on ${who} when it has changed, and only then`, async () => {
          assert.equal(box.boot(text(...before)), 0);
          assert.deepEqual(calls(), applied('one'));
          await until(() => box.read('stays') !== '');
          await following(async (pauses) => {
            await pauses(25);
            assert.deepEqual(calls(), applied('one'), 'nothing is done while it is the same');
            box.write('var/lib/secret-apps-password', 'two');
            await until(() => calls().length === 4);
            assert.deepEqual(calls().slice(2), applied('two'));
            await pauses(25);
            assert.equal(calls().length, 4, 'once is enough');
          });
          const kept = [box.read('var/log/stackato-node.log'), status(), box.read(`${D}/passwords`)].join('\n');
          assert.doesNotMatch(kept, /\b(one|two)\b/);
        });
      }
      it('tries again when it could not set it, and leaves it to a person who says so', async () => {
        assert.equal(box.boot(text()), 0);
        const before = status();
        await following(async (pauses) => {
          box.write(`${D}/by-hand`, '');
          box.write('var/lib/secret-apps-password', 'two');
          await pauses(25);
          assert.equal(calls().length, 2);
          kato(`echo "$*" >>${box.root}/calls; exit 1`);
          rmSync(`${box.root}/${D}/by-hand`);
          await until(() => calls().length === 4);
          kato(`echo "$*" >>${box.root}/calls`);
          await until(() => calls().at(-1) === 'restart mysql');
          rmSync(`${box.root}/var/lib/secret-apps-password`);
          const done = calls().length;
          await pauses(25);
          assert.equal(calls().length, done, 'what cannot be read has not changed');
        });
        assert.equal(status(), before, 'the boot stays done');
      });
    });

    it('restarts once what goes on starting though the core is there', async () => {
      const waits: Action = { do: 'wait-core', port: 4222, why: 'message bus' };
      box.program('python', ':');
      kato(`echo "$*" >>${box.root}/calls; echo "dea_ng STARTING"`);
      assert.equal(box.boot(script([waits])), 0);
      await following(async (pauses) => {
        const calls = () => box.read('calls').split('\n').filter(Boolean);
        await until(() => calls().length === 21);
        await pauses(5);
        const ten = Array.from({ length: 10 }, () => 'process list');
        assert.deepEqual(calls(), [...ten, 'restart', ...ten]);
      });
    });

    it('asks kato before 2.8 for its status, which lists processes', () => {
      const waits: Action = { do: 'wait-core', port: 4222, why: 'message bus' };
      assert.match(script([waits], 900, '2.6'), /case \$\(kato status 2>&1\) in \*FATAL\*\)/);
      assert.match(script([waits], 900, '2.8'), /case \$\(kato process list 2>&1\) in \*FATAL\*\)/);
    });

    it('leaves nothing running on a core', () => {
      assert.equal(box.boot(script([STOP])), 0);
      assert.equal(box.boot(script([STOP])), 0);
      assert.equal(box.read('stays'), '');
    });

    it('names the program that its limit cut off', () => {
      box.limited();
      assert.equal(box.boot(script([sh('exec /bin/sleep 60')], 1)), 1);
      assert.match(status(), /"error":"it: sh: has not ended"/);
    });

    it('never runs two attempts at once, also when it was killed and its attempt was not', async () => {
      const once = `mkdir ${box.root}/one || : >${box.root}/two; ${afterGo()}; rmdir ${box.root}/one`;
      const first = box.start(script([sh(once)]));
      await until(() => existsSync(`${box.root}/one`));
      first.kill('SIGKILL');
      const second = box.start(script([sh(once)]));
      const { ino } = statSync(`${box.root}/${D}/busy`);
      // Some containers do not show who waits for whom.
      const waits = () =>
        !existsSync('/proc/locks') || new RegExp(`-> FLOCK .*:${ino} `).test(readFileSync('/proc/locks', 'utf8'));
      await until(() => waits() || existsSync(`${box.root}/two`));
      box.write('go', '');
      await until(() => second.exitCode !== null);
      assert.equal(second.exitCode, 0);
      assert.deepEqual([existsSync(`${box.root}/two`), existsSync(`${box.root}/one`)], [false, false]);
      assert.deepEqual(box.states().slice(-2), ['it done', 'boot done']);
    });

    it('begins again at once when it was killed in a pause', async () => {
      box.program('sleep', `: >${box.root}/paused; exec /bin/sleep 20`);
      box.write('failures', '1');
      const first = box.start(script([STOP]));
      await until(() => existsSync(`${box.root}/paused`));
      first.kill('SIGKILL');
      assert.equal(box.boot(script([STOP])), 0);
      assert.deepEqual(box.states().slice(-2), ['it done', 'boot done']);
    });

    it('leaves the work to the copy that is at it', async () => {
      const text = script([sh(afterGo()), STOP]);
      const first = box.start(text);
      await until(() => existsSync(`${box.root}/${D}/status`));
      assert.equal(box.boot(text), 0);
      box.write('go', '');
      await until(() => /boot.*done/.test(status()));
      await until(() => first.exitCode !== null);
      assert.deepEqual(box.kato(), [['stop']]);
      assert.equal(box.states().length, 3);
    });

    it('believes a line of kato before 3.4.1, whose exit code is always 0', () => {
      box.write('answer', 'kato: no such thing\n');
      assert.equal(box.boot(script([STOP], ENOUGH, '3.2')), 1);
      assert.match(status(), /"error":"kato stop: kato: no such thing"/);
      assert.equal(box.boot(script([STOP], 900, '3.6')), 0);
    });

    it('does not take a refusal with "exists" in it for what is there already', () => {
      const license: Action = { do: 'license-set', license: { hole: 'secret', name: 'l' } };
      mkdirSync(`${box.root}/var/lib`, { recursive: true });
      box.write('var/lib/secret-l', 'x');
      kato('echo "no such license exists"; exit 1');
      assert.equal(box.boot(script([license], ENOUGH)), 1);
      kato('echo "it exists"; exit 1');
      assert.equal(box.boot(script([license])), 0);
    });

    it('looks again whether a role that it removed is gone', () => {
      box.write('answer', '127.0.0.1 dea mdns\n');
      assert.equal(box.boot(script([{ do: 'verify-roles', roles: ['dea'] }], ENOUGH)), 1);
      assert.match(status(), /"error":"kato role remove mdns left it on 127\.0\.0\.1"/);
    });

    it('ends an attempt that waited long with its reason, for those who see the console only', () => {
      const text = script([{ do: 'wait-core', port: 9, why: 'message bus' }], 10).replace('-lt 100', '-lt 2');
      assert.equal(box.boot(text), 1);
      assert.match(box.console().join('\n'), /"retry".*"waiting for the core: message bus \(127\.0\.0\.1:9\) does not/);
    });

    it('takes no damaged files of the core, and shares no half ones', () => {
      mkdirSync(`${box.root}/var/lib`, { recursive: true });
      const key = `${box.root}/home/stackato/.ssh/cluster_key`;
      assert.equal(box.boot(script([{ do: 'share', name: 'k', files: [key] }], ENOUGH)), 1);
      assert.match(status(), /cannot share k: there is no .*cluster_key/);
      assert.equal(existsSync(`${box.root}/var/lib/secret-k`), false);
      box.write('home/stackato/.ssh/cluster_key', 'key');
      assert.equal(box.boot(script([{ do: 'share', name: 'k', files: [key] }])), 0);
      const whole = box.read('var/lib/secret-k');
      box.write('home/stackato/.ssh/cluster_key', '');
      spawnSync('rm', ['-r', `${box.root}/${D}/done`]);
      box.write('var/lib/secret-k', whole.slice(0, whole.length / 2));
      assert.equal(box.boot(script([{ do: 'take', name: 'k' }], ENOUGH)), 1);
      assert.match(status(), /k came damaged/);
      box.write('var/lib/secret-k', whole);
      assert.equal(box.boot(script([{ do: 'take', name: 'k' }])), 0);
      assert.equal(box.read('home/stackato/.ssh/cluster_key'), 'key');
    });

    it('repairs keys whose writing was cut off, and appends whole lines', { skip: absent('ssh-keygen') }, () => {
      const ssh = 'home/stackato/.ssh';
      // Small keys are made quickly.
      box.program('ssh-keygen', `exec ${need('ssh-keygen')} -b 1024 "$@"`);
      for (const name of ['id_rsa', 'cluster_key', 'cluster_key.pub']) box.write(`${ssh}/${name}`, '');
      box.write(`${ssh}/authorized_keys`, 'ssh-rsa AAAA somebody');
      assert.equal(box.boot(script([{ do: 'make-key' }, { do: 'trust-key' }])), 0);
      const pub = box.read(`${ssh}/id_rsa.pub`);
      assert.match(pub, /^ssh-rsa /);
      assert.equal(box.read(`${ssh}/cluster_key.pub`), pub);
      assert.equal(box.read(`${ssh}/cluster_key`), box.read(`${ssh}/id_rsa`));
      assert.equal(box.read(`${ssh}/authorized_keys`), `ssh-rsa AAAA somebody\n${pub}`);
    });

    it('puts no file half', () => {
      symlinkSync('/dev/full', `${box.root}/file.new`);
      assert.equal(box.boot(script([{ do: 'write', path: `${box.root}/file`, content: 'text' }], ENOUGH)), 1);
      assert.match(status(), /"error":"cannot write .*\/file"/);
      assert.equal(existsSync(`${box.root}/file`), false);
    });

    describe('with a data disk', () => {
      const mount: Action = { do: 'mount', gib: 1, mount: '/mnt/nowhere-here' };
      const disk = (name: string) => {
        box.write(`dev/${name}`, '');
        truncateSync(`${box.root}/dev/${name}`, 1024 ** 3);
        return `${box.root}/dev/${name}`;
      };
      const boot = (limit = ENOUGH) => box.boot(script([mount], limit).replaceAll('[ -b $c ]', '[ -f $c ]'));
      const label = (file: string) =>
        spawnSync('/sbin/blkid', ['-p', '-s', 'LABEL', '-o', 'value', file]).stdout.toString();
      beforeEach(() => {
        box.write('etc/fstab', '/dev/a / ext4 defaults 0 1');
        box.program('blockdev', 'stat -Lc %s "$2"');
        box.program('mkdir', 'case "$*" in *nowhere*) ;; *) exec /bin/mkdir "$@";; esac');
        box.program('chmod', 'case "$*" in *nowhere*) ;; *) exec /bin/chmod "$@";; esac');
        box.program('mount', `echo "$*" >>${box.root}/mounts`);
        box.program('mountpoint', `grep -q nowhere ${box.root}/mounts 2>/dev/null`);
        box.program(
          'blkid',
          `[ "$1" = -L ] || exec /sbin/blkid "$@"
for d in ${box.root}/dev/xvd?; do [ "$(/sbin/blkid -p -s LABEL -o value $d)" != "$2" ] || { echo $d; exit; }; done; exit 2`,
        );
      });

      it('formats an empty one once, and adds a whole line to fstab', () => {
        const file = disk('xvdf');
        assert.equal(boot(900), 0);
        assert.equal(label(file), 'stackato-data\n');
        assert.match(box.read('etc/fstab'), /^.* 0 1\nLABEL=stackato-data \/mnt\/nowhere-here auto .*\n$/);
        assert.equal(box.read('mounts'), `${file} /mnt/nowhere-here\n`);
        assert.equal(existsSync(`${box.root}/${D}/formatting`), false);
      });

      it('formats again what was cut off, by its id, also when its label is there already', () => {
        const file = disk('xvdf');
        mkdirSync(`${box.root}/${D}`, { recursive: true });
        const id = '11111111-2222-3333-4444-555555555555';
        spawnSync('/sbin/mkfs.ext4', ['-q', '-F', '-U', id, '-L', 'stackato-data', file]);
        spawnSync('dd', [`if=/dev/zero`, `of=${file}`, 'bs=1k', 'seek=4', 'count=64', 'conv=notrunc']);
        box.write(`${D}/formatting`, `${id}\n`);
        assert.equal(boot(900), 0);
        assert.equal(spawnSync('/sbin/e2fsck', ['-fn', file]).status, 0);
      });

      it('leaves data of somebody else, and our own, as they are', () => {
        const file = disk('xvdf');
        const id = '99999999-2222-3333-4444-555555555555';
        const uuid = () => spawnSync('/sbin/blkid', ['-p', '-s', 'UUID', '-o', 'value', file]).stdout.toString().trim();
        spawnSync('/sbin/mkfs.ext4', ['-q', '-F', '-U', id, '-L', 'theirs', file]);
        mkdirSync(`${box.root}/${D}`, { recursive: true });
        for (const mark of ['', '11111111-2222-3333-4444-555555555555\n']) {
          box.write(`${D}/formatting`, mark);
          assert.equal(boot(), 1);
          assert.match(status(), /xvdf holds data that is not ours and stays as it is/);
          assert.deepEqual([uuid(), label(file)], [id, 'theirs\n']);
        }
        spawnSync('/sbin/e2label', [file, 'stackato-data']);
        assert.equal(boot(900), 0);
        assert.equal(uuid(), id);
      });

      it('does not take a disk that it cannot read for an empty one', () => {
        const file = disk('xvdf');
        box.program('head', 'case "$1" in -c1048576) ;; *) exec /usr/bin/head "$@";; esac');
        assert.equal(boot(), 1);
        assert.equal(label(file), '');
      });

      describe('that grows', () => {
        const gib = (file: string) => {
          const { stdout } = spawnSync('/sbin/dumpe2fs', ['-h', file], { encoding: 'utf8' });
          const field = (name: string) => Number(new RegExp(`^${name}: *(\\d+)$`, 'm').exec(stdout)![1]);
          return (field('Block count') * field('Block size')) / 1024 ** 3;
        };
        const clean = (file: string) => spawnSync('/sbin/e2fsck', ['-fn', file]).status;
        /** The mounted file system is on the disk of that number. */
        const mounted = (number: string) =>
          box.program(
            'mountpoint',
            `grep -q nowhere ${box.root}/mounts 2>/dev/null && case $1 in -d) echo ${number};; -x) echo 7:1;; esac`,
          );
        beforeEach(() => mounted('7:1'));

        it('fills it while the node runs, and at a later boot, without another mount', async () => {
          const file = disk('xvdf');
          assert.equal(boot(900), 0);
          const mounts = box.read('mounts');
          await until(() => box.read('stays') !== '');
          await following(async (pauses) => {
            await pauses(3);
            assert.equal(gib(file), 1);
            truncateSync(file, 2 * 1024 ** 3);
            await until(() => gib(file) === 2);
          });
          assert.equal(clean(file), 0);
          truncateSync(file, 3 * 1024 ** 3);
          assert.equal(boot(900), 0);
          await following(() => until(() => gib(file) === 3));
          assert.deepEqual([clean(file), label(file), box.read('mounts')], [0, 'stackato-data\n', mounts]);
        });

        it('fills one that grew before another machine took it', () => {
          const file = disk('xvdf');
          spawnSync('/sbin/mkfs.ext4', ['-q', '-F', '-L', 'stackato-data', file]);
          truncateSync(file, 2 * 1024 ** 3);
          assert.equal(boot(900), 0);
          assert.deepEqual([gib(file), clean(file)], [2, 0]);
        });

        it('leaves what is not ours, or not mounted there, as it is', async () => {
          const file = disk('xvdf');
          assert.equal(boot(900), 0);
          const stays = async () =>
            following(async (pauses) => {
              await pauses(3);
              assert.equal(gib(file), 1);
            });
          truncateSync(file, 2 * 1024 ** 3);
          mounted('7:2');
          await stays();
          mounted('7:1');
          spawnSync('/sbin/e2label', [file, 'theirs']);
          await stays();
          spawnSync('/sbin/e2label', [file, 'stackato-data']);
          box.write('mounts', '');
          await stays();
          box.write('mounts', 'nowhere');
          await following(() => until(() => gib(file) === 2));
        });

        it('tries again what has failed', async () => {
          const file = disk('xvdf');
          assert.equal(boot(900), 0);
          truncateSync(file, 2 * 1024 ** 3);
          box.program('resize2fs', `echo busy; echo busy >>${box.root}/tries; exit 1`);
          await following(async (pauses) => {
            await pauses(6);
            rmSync(`${box.root}/bin/resize2fs`);
            await until(() => gib(file) === 2);
          });
          assert.ok(box.read('tries').split('\n').length > 3);
        });
      });

      it('mounts it at later boots, waits for it, and says when it does not come', () => {
        disk('xvdf');
        assert.equal(boot(900), 0);
        box.write('mounts', '');
        box.program('mount', 'echo "special device is missing"; exit 32');
        assert.equal(boot(), 1);
        assert.match(status(), /"boot","state":"failed".*"disk: cannot mount \/mnt\/nowhere-here: special device/);
        box.program('mount', `echo nowhere >>${box.root}/mounts`);
        assert.equal(boot(), 0);
        assert.equal(box.states().at(-1), 'boot done');
      });
    });

    it('needs no console', () => {
      mkdirSync(`${box.root}/dev/console`);
      assert.equal(box.boot(script([STOP])), 0);
      assert.equal(box.boot(script([STOP])), 0);
      assert.deepEqual(box.states(), ['it started', 'it done', 'boot done']);
    });

    it('tells the console at later boots too that all is done, and no file', () => {
      assert.equal(box.boot(script([STOP])), 0);
      const before = status();
      assert.equal(box.boot(script([STOP])), 0);
      assert.equal(status(), before);
      assert.match(box.console().at(-1)!, /"boot","state":"done"/);
      assert.equal(box.console().length, 4);
      assert.deepEqual(readdirSync(`${box.root}/etc/sudoers.d`), ['stackato-node']);
    });
  });
}
