import assert from 'node:assert/strict';
import { existsSync, lstatSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { renderBoot, renderMove } from '../../lib/kato/render';
import { absent, need } from '../programs';
import { type Sandbox, SHELLS, sandbox } from './sandbox';
import { version } from './version';

const NAMES = ['services', 'data', 'droplets'] as const;
const WORKS = ['cp', 'mv', 'ln', 'rm', 'mkdir', 'chmod', 'sync'];

for (const shell of SHELLS) {
  describe(`what a core keeps, under ${shell}`, { skip: absent(shell) }, () => {
    let box: Sandbox;
    const at = (file: string) => join(box.root, file);
    const put = (file: string, text: string) => {
      mkdirSync(dirname(at(file)), { recursive: true });
      writeFileSync(at(file), text);
    };
    const script = () =>
      renderBoot(
        {
          title: 'a test',
          version: version('3.6'),
          steps: [
            {
              stage: 'it',
              action: {
                do: 'keep-folders',
                mount: at('volume'),
                folders: NAMES.map((name) => `${name}:${at(`product/${name}`)}`),
              },
            },
          ],
          carrier: {},
        },
        { coreAddress: '127.0.0.1' },
      );
    /** A machine as the image makes it: what it shipped, and no memory of any boot. */
    const machine = () => {
      for (const dir of ['product', 'var/lib', 'cut', 'count']) rmSync(at(dir), { recursive: true, force: true });
      mkdirSync(at('var/log'), { recursive: true });
      for (const name of NAMES) put(`product/${name}/shipped`, 'image');
    };
    /**
     * What users do: it lands where the product looks, whatever that is at the moment. A folder that is not there is made anew
     * by the product, and nobody's work is in it. Gives what must be there afterwards.
     */
    const use = (text: string, before = '') =>
      NAMES.map((name) => {
        const there = existsSync(at(`product/${name}`));
        put(`product/${name}/${there ? 'users' : 'shipped'}`, text);
        return there ? text : before;
      });
    const seen = () => NAMES.map((name) => box.read(`product/${name}/users`));
    const linked = () => NAMES.every((name) => lstatSync(at(`product/${name}`)).isSymbolicLink());
    const boot = () => box.boot(script());
    const kato = (body: string) => box.program('../home/stackato/bin/kato', body);
    /** Pulls the plug before one of its works; whether it came so far. */
    const cut = (before: number) => {
      put('cut', String(before));
      put('count', '0');
      const done = boot() === 0;
      rmSync(at('cut'));
      return !done;
    };
    beforeEach(() => {
      box = sandbox(shell);
      mkdirSync(at('volume'));
      const count = `n=$(($(cat ${at('count')}) + 1)); echo $n >${at('count')}`;
      const pull = `[ $n != $(cat ${at('cut')}) ] || { kill -9 $(cat ${at('pid')}) $PPID; exit 9; }`;
      for (const name of WORKS) {
        const real = name === 'sync' ? ':' : `exec ${need(name)} "$@"`;
        box.program(name, `if [ -f ${at('cut')} ]; then ${count}; ${pull}; fi\n${real}`);
      }
      box.program('mountpoint', '[ ! -e $2/away ]');
      box.program('mount', 'rm $1/away');
      for (const name of ['stop-supervisord', 'start-supervisord', 'supervisorctl'])
        box.program(name, `echo ${name} "$*" >>${at('supervisor')}`);
      machine();
    });
    afterEach(() => box.remove());

    it('lies on the volume, and a machine that comes after has it', () => {
      assert.equal(boot(), 0);
      assert.ok(linked());
      assert.deepEqual(box.kato(), [['stop'], ['start']]);
      assert.match(box.read('supervisor'), /^stop-supervisord \nsupervisorctl status\nstart-supervisord \n$/);
      for (const name of NAMES) assert.equal(box.read(`volume/${name}/shipped`), 'image');
      use('a year of work');
      machine();
      assert.deepEqual(seen(), ['', '', '']);
      assert.equal(boot(), 0);
      assert.deepEqual(seen(), Array(3).fill('a year of work'));
      for (const name of NAMES) assert.equal(box.read(`product/${name}.image/shipped`), 'image');
    });

    it('is whole whenever the plug is pulled, on the first machine', () => {
      for (let n = 1; ; n++) {
        rmSync(at('volume'), { recursive: true });
        mkdirSync(at('volume'));
        machine();
        use('before');
        if (!cut(n)) return assert.ok(n > 15, `only ${n} works`);
        // The product comes up by itself before the script does.
        const expected = use(`after ${n}`, 'before');
        assert.equal(boot(), 0, `cut ${n}`);
        assert.deepEqual(seen(), expected, `cut ${n}`);
        assert.ok(linked());
        machine();
        assert.equal(boot(), 0);
        assert.deepEqual(seen(), expected, `cut ${n}, then another machine`);
      }
    });

    it('stays as it was whenever the plug is pulled, on a machine that comes after', () => {
      boot();
      use('a year of work');
      for (let n = 1; ; n++) {
        machine();
        if (!cut(n)) return assert.ok(n > 8, `only ${n} works`);
        assert.equal(boot(), 0, `cut ${n}`);
        assert.deepEqual(seen(), Array(3).fill('a year of work'), `cut ${n}`);
      }
    });

    it('is not guessed from the unfinished move of another machine', () => {
      use('before');
      assert.ok(cut(20));
      const kept = existsSync(at('volume/services/users'));
      machine();
      assert.equal(box.boot(script().replace('stage it 900', 'stage it 4')), 1);
      assert.match(box.read('var/lib/stackato-node/status'), /holds the unfinished move of another machine and stays/);
      assert.equal(existsSync(at('volume/services/users')), kept);
      assert.ok(kept);
    });

    it('takes over the droplets of a volume of earlier versions, and never writes over them', () => {
      put('volume/droplets/users', 'droplets of last year');
      assert.equal(boot(), 0);
      assert.equal(box.read('product/droplets/users'), 'droplets of last year');
      assert.ok(!existsSync(at('volume/droplets/shipped')));
      assert.ok(linked());
    });

    it('is moved from a core that runs, whose droplets were relocated before', () => {
      put('volume/droplets/users', 'a year of work');
      rmSync(at('product/droplets'), { recursive: true });
      symlinkSync(at('volume/droplets'), at('product/droplets'));
      for (const name of ['services', 'data']) put(`product/${name}/users`, 'a year of work');
      assert.equal(boot(), 0);
      machine();
      assert.equal(boot(), 0);
      assert.deepEqual(seen(), Array(3).fill('a year of work'));
    });

    it('is moved by a script of its own, which may be run again', () => {
      const move = renderMove(
        at('volume'),
        NAMES.map((name) => `${name}:${at(`product/${name}`)}`),
      );
      mkdirSync(at('var/lib/stackato-node'), { recursive: true });
      use('a year of work');
      kato('exit 3');
      assert.equal(box.boot(move), 1);
      kato('exit 0');
      assert.deepEqual(seen(), Array(3).fill('a year of work'));
      for (const time of [1, 2]) assert.equal(box.boot(move), 0, String(time));
      assert.ok(linked());
      machine();
      assert.equal(boot(), 0);
      assert.deepEqual(seen(), Array(3).fill('a year of work'));
    });

    it('never goes to the mount point of a disk that is not mounted', () => {
      put('volume/away', '');
      box.program('mount', 'false');
      assert.equal(box.boot(script().replace('stage it 900', 'stage it 4')), 1);
      assert.match(box.read('var/lib/stackato-node/status'), /cannot mount/);
      assert.ok(!existsSync(at('volume/services')));
      box.program('mount', `rm ${at('volume/away')}`);
      assert.equal(boot(), 0);
      assert.ok(linked());
    });

    it('does not move before the product has said that it stopped: after a reboot it may be about to start', () => {
      kato(
        `echo $1 >>${at('asked')}; [ "$1" != stop ] || [ -f ${at('up')} ] || { echo "kato: cannot connect to supervisord"; exit 1; }`,
      );
      box.program('start-supervisord', '[ -f $0.never ]');
      assert.equal(box.boot(script().replace('stage it 900', 'stage it 4')), 1);
      assert.match(box.read('var/lib/stackato-node/status'), /kato stop: kato: cannot connect to supervisord/);
      for (const name of NAMES) assert.ok(!existsSync(at(`volume/${name}`)), name);
      // it comes up late, by its own job or by this script
      box.program('start-supervisord', `touch ${at('up')}`);
      assert.equal(boot(), 0);
      assert.match(box.read('asked'), /stop\nstart\nstop\nstart\n$/);
      assert.ok(linked());
    });

    it('does not move while a process of the product runs', () => {
      box.program('supervisorctl', 'echo "config_redis RUNNING"');
      assert.equal(box.boot(script().replace('stage it 900', 'stage it 4')), 1);
      assert.match(box.read('var/lib/stackato-node/status'), /stop-supervisord left processes/);
      assert.ok(!linked());
    });

    it('is started again on a later boot whose disk came late', () => {
      assert.equal(boot(), 0);
      assert.equal(boot(), 0);
      assert.equal(box.kato().length, 2);
      put('volume/away', '');
      assert.equal(boot(), 0);
      assert.deepEqual(box.kato().slice(2), [['start']]);
    });

    it('is named when the product keeps it elsewhere', () => {
      const steps = [{ stage: 'kept', action: { do: 'verify-kept', mount: at('volume') } as const }];
      const text = renderBoot(
        { title: 'a test', version: version('3.6'), steps, carrier: {} },
        { coreAddress: '127.0.0.1' },
      );
      const line = (port: number, program: string) =>
        `tcp 0 0 0.0.0.0:${port} 0.0.0.0:* LISTEN ${process.pid}/${program}`;
      box.program('netstat', `echo "${line(7474, 'redis-server')}"; echo "${line(22, 'sshd')}"`);
      box.program('df', `echo head; echo "/dev/x 9 0 9999999 1% /"`);
      assert.equal(box.boot(text.replace('stage kept 900', 'stage kept 4')), 1);
      assert.match(box.read('var/lib/stackato-node/status'), /the core works, but keeps data in .*, which is not on/);
      box.program('df', `echo head; echo "/dev/x 9 0 9999999 1% ${at('volume')}"`);
      assert.equal(box.boot(text), 0);
    });
  });
}
