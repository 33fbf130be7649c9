import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { afterEach, describe, it } from 'node:test';
import { type BootText, type Carrier, renderBoot, renderUserData } from '../../lib/kato/render';
import type { Action, Step } from '../../lib/kato/step';
import { absent, need } from '../programs';
import { type Sandbox, SHELLS, sandbox } from './sandbox';
import { version } from './version';

const NASTY = [
  `it's "quoted"`,
  '$HOME `id` $(id)',
  'two  blanks',
  'ünïcödé ☃',
  '*?[a-z]',
  "'",
  '\\n\\',
  '-n',
  ';&|<>',
  '!x',
  '#c',
  '',
];
const carrier: Carrier = {
  get: { text: `get() { cat /var/lib/secret-$1 2>/dev/null || { echo "NotFound $1" >&2; return 1; }; }` },
  zone: { text: 'zone() { echo "us-west-2a"; }' },
  db: { needs: ['get', 'fail'], text: 'db() { [ $2 = password ] && { get "db-$1"; return; }; echo "$1-$2"; }' },
};
const steps = (...stages: [string, ...Action[]][]): Step[] =>
  stages.flatMap(([stage, ...actions]) => actions.map((action) => ({ stage, action })));
const text = (all: readonly Step[], of = '3.6'): BootText => ({
  title: 'a test',
  version: version(of),
  steps: all,
  carrier,
});
const script = (...stages: [string, ...Action[]][]) => renderBoot(text(steps(...stages)), { coreAddress: '10.0.0.10' });
const config = (key: string, value: Extract<Action, { do: 'config' }>['value']): Action => ({
  do: 'config',
  component: 'dea_ng',
  key,
  value,
  type: 'string',
});

describe('a boot script', () => {
  for (const shell of SHELLS) {
    describe(`under ${shell}`, { skip: absent(shell) }, () => {
      let box: Sandbox;
      const boot = (all: string) => {
        box ??= sandbox(shell);
        return box.boot(all);
      };
      afterEach(() => {
        box?.remove();
        box = undefined as never;
      });
      const fresh = () => {
        box = sandbox(shell);
        return box;
      };

      it('does every stage once, in order, however often it is run', () => {
        const all = script(['mdns', { do: 'role-remove', role: 'mdns' }], ['two-words', { do: 'start' }]);
        assert.equal(boot(all), 0);
        const states = ['mdns started', 'mdns done', 'two_words started', 'two_words done', 'boot done'];
        assert.deepEqual(box.states(), states);
        assert.equal(boot(all), 0);
        assert.deepEqual(box.kato(), [['role', 'remove', 'mdns'], ['start']]);
        assert.deepEqual(box.states(), states);
        assert.equal(box.read('etc/sudoers.d/stackato-node'), 'stackato ALL=(ALL) NOPASSWD: ALL\n');
      });

      it('tries a stage again, tells why, and then goes on', () => {
        fresh().write('failures', '2');
        assert.equal(boot(script(['core', { do: 'stop' }, { do: 'start' }])), 0);
        assert.deepEqual(box.states(), ['core started', 'core retry', 'core retry', 'core done', 'boot done']);
        assert.deepEqual(box.kato(), [['stop'], ['stop'], ['stop'], ['start']]);
        assert.match(box.read('var/lib/stackato-node/status'), /"error":"kato stop: says no {2}stop"/);
        assert.match(box.read('var/log/stackato-node.log'), /^\+ kato stop$/m);
      });

      it('gives up at the limit of the stage, says so, and begins there when it is run again', () => {
        fresh();
        const all = script(['first', { do: 'start' }], ['second', { do: 'stop' }]);
        assert.equal(boot(all.replace('stage second 900', 'stage second 0')), 1);
        assert.deepEqual(box.states().slice(-2), ['second failed', 'boot failed']);
        box.write('failures', '1000');
        assert.equal(boot(all.replace('stage second 900', 'stage second 2')), 1);
        assert.ok(box.states().includes('second retry'));
        assert.match(
          box.read('var/lib/stackato-node/status').trim().split('\n').at(-1)!,
          /"boot","state":"failed".*"error":"second: kato stop/,
        );
        box.write('failures', '0');
        assert.equal(boot(all), 0);
        assert.deepEqual(box.states().slice(-3), ['second started', 'second done', 'boot done']);
        assert.equal(box.kato().filter(([word]) => word === 'start').length, 1);
      });

      it('stops a stage that hangs at its limit', () => {
        fresh().limited();
        const all = script(['slow', { do: 'run', words: ['/bin/sleep', '60'] }]).replace(
          'stage slow 900',
          'stage slow 1',
        );
        assert.equal(boot(all), 1);
        assert.deepEqual(box.states(), ['slow started', 'slow failed', 'boot failed']);
      });

      it('goes on after a reboot in the middle', () => {
        const all = script(['name', { do: 'stop' }], ['reboot', { do: 'reboot' }], ['last', { do: 'start' }]);
        assert.notEqual(boot(all), 0);
        assert.equal(box.read('reboots'), 'reboot\n');
        assert.equal(boot(all), 0);
        assert.equal(box.read('reboots'), 'reboot\n');
        assert.deepEqual(box.kato(), [['stop'], ['start']]);
        assert.deepEqual(box.states().slice(-3), ['last started', 'last done', 'boot done']);
      });

      it('does not go on where a reboot is refused', () => {
        fresh().program('reboot', 'exit 1');
        const all = script(['reboot', { do: 'reboot' }], ['last', { do: 'start' }]);
        assert.equal(boot(all.replace('stage reboot 900', 'stage reboot 1')), 1);
        assert.match(box.read('var/lib/stackato-node/status'), /"error":"reboot: it did not reboot"/);
        box.program('reboot', ':');
        spawnSync('rm', ['-r', `${box.root}/var/lib/stackato-node/done`]);
        assert.equal(boot(all.replace('stage reboot 900', 'stage reboot 1')), 1);
        assert.deepEqual(box.kato(), []);
      });

      it('gives kato every word as it was written', () => {
        const all = script(['config', ...NASTY.map((word) => config('a/b', word))]);
        assert.equal(boot(all), 0);
        assert.deepEqual(
          box.kato(),
          // Said to be text where kato would read an option, a quote or nothing.
          NASTY.map((word) =>
            ["'", '-n', ''].includes(word)
              ? ['config', 'set', '--json', 'dea_ng', 'a/b', JSON.stringify(word)]
              : ['config', 'set', 'dea_ng', 'a/b', word],
          ),
        );
      });

      it('gives other programs every word as it was written, as root and as stackato', {
        skip: absent('python3'),
      }, () => {
        fresh();
        const print = (as: 'root' | 'stackato'): Action => ({
          do: 'run',
          as,
          words: [
            'python3',
            '-c',
            `import sys;open(sys.argv[1],'a').write(repr(sys.argv[2:])+'\\n')`,
            `${box.root}/words`,
            ...NASTY,
            { hole: 'core.address' },
          ],
        });
        assert.equal(boot(script(['a', print('root')], ['b', print('stackato')])), 0);
        const lines = box.read('words').trim().split('\n');
        assert.equal(lines.length, 2);
        assert.equal(lines[0], lines[1]);
        const { stdout } = spawnSync('python3', ['-c', 'import sys;print(repr(sys.argv[1:]))', ...NASTY, '10.0.0.10'], {
          encoding: 'utf8',
        });
        assert.equal(lines[0], stdout.trim());
      });

      it('writes a file with any text, once whole', () => {
        fresh();
        const content = `${NASTY.join('\n')}\nSTACKATO_END\n$D\n`;
        const path = `${box.root}/new dir/file`;
        assert.equal(boot(script(['write', { do: 'write', path, content, mode: '600' }])), 0);
        assert.equal(box.read('new dir/file'), content);
        assert.equal(spawnSync('stat', ['-c', '%a', path], { encoding: 'utf8' }).stdout.trim(), '600');
      });

      it('makes files and folders of steps readable for all, and its own for root alone', () => {
        fresh();
        mkdirSync(`${box.root}/var/lib/stackato-node`, { recursive: true, mode: 0o755 });
        const [folder, made] = [`${box.root}/new/config`, `${box.root}/made`];
        const write: Action = { do: 'write', path: `${folder}/file`, content: 'text' };
        assert.equal(boot(script(['a', write, { do: 'run', words: ['/bin/mkdir', made] }])), 0);
        const modes = (...files: string[]) =>
          spawnSync('stat', ['-c', '%a', ...files], { encoding: 'utf8' })
            .stdout.trim()
            .split('\n');
        assert.deepEqual(modes(`${box.root}/new`, folder, `${folder}/file`, made), ['755', '755', '644', '755']);
        const own = ['var/lib/stackato-node', 'var/log/stackato-node.log'].map((file) => `${box.root}/${file}`);
        assert.deepEqual(modes(...own), ['700', '600']);
      });

      it('fetches secrets where they are used, and writes them nowhere', () => {
        fresh();
        const nasty = `-S3cret'"$HOME \`id\` \\ & ☃`;
        spawnSync('mkdir', ['-p', `${box.root}/var/lib`]);
        const all = script(
          [
            'admin',
            {
              do: 'first-user',
              email: 'o@e.org',
              organization: 'A B',
              password: { hole: 'secret', name: 'admin-password' },
            },
          ],
          [
            'database',
            config('mysql/pass', { hole: 'database', name: 'apps', attribute: 'password' }),
            config('mysql/host', { hole: 'database', name: 'apps', attribute: 'host' }),
          ],
          ['zone', { do: 'availability-zone', zone: { hole: 'node.zone' } }],
          ['mixed', config('url', ['http://', { hole: 'core.address' }, '/x'])],
        ).replace('stage admin 2400', 'stage admin 4');
        assert.equal(boot(all), 1);
        assert.match(
          box.read('var/lib/stackato-node/status'),
          /"error":"waiting for secret admin-password: NotFound admin-password"/,
        );
        box.write('var/lib/secret-admin-password', nasty);
        box.write('var/lib/secret-db-apps', nasty);
        box.write('answer', `you typed ${nasty}\n`);
        box.write('failures', '1');
        assert.equal(boot(all), 0);
        const first = ['node', 'setup', 'firstuser', '-p', nasty, '-u', 'o@e.org', 'o@e.org', 'A B'];
        assert.deepEqual(box.kato(), [
          first,
          first,
          ['config', 'set', '--json', 'dea_ng', 'mysql/pass', JSON.stringify(nasty)],
          ['config', 'set', 'dea_ng', 'mysql/host', 'apps-host'],
          ['node', 'availabilityzone', 'us-west-2a'],
          ['config', 'set', 'dea_ng', 'url', 'http://10.0.0.10/x'],
        ]);
        // What kato answers to commands without secrets may be logged, so the answer goes away before them.
        for (const file of ['status', 'error', 'err'])
          assert.doesNotMatch(box.read(`var/lib/stackato-node/${file}`), /S3cret/);
        const log = box.read('var/log/stackato-node.log');
        assert.doesNotMatch(log.split('+ kato config set dea_ng mysql/host')[0]!, /S3cret/);
        assert.match(log, /\+ kato node setup firstuser -p \(secret\) -u o@e\.org/);
      });

      it('is understood by the shell, whatever is in it', () => {
        const all = renderBoot(text(EVERYTHING), { coreAddress: '10.0.0.10' });
        const args = shell === 'busybox' ? ['sh', '-n'] : ['-n'];
        const { status, stderr } = spawnSync(need(shell), args, { input: all, encoding: 'utf8' });
        assert.deepEqual([status, stderr], [0, '']);
      });
    });
  }

  it('holds only the functions that it calls', () => {
    const small = script(['start', { do: 'start' }]);
    for (const name of ['disk', 'take', 'share', 'secret', 'get', 'kq', 'roles'])
      assert.doesNotMatch(small, new RegExp(`^${name}\\(\\)`, 'm'));
    for (const name of ['k', 'kato', 'asuser', 'fail']) assert.match(small, new RegExp(`^${name}\\(\\)`, 'm'));
  });

  it('differs from another of the same steps in the address of the core alone', () => {
    const one = renderBoot(text(EVERYTHING), { coreAddress: '10.0.0.10' });
    const other = renderBoot(text(EVERYTHING), { coreAddress: '10.0.0.11' });
    assert.equal(one.replaceAll('10.0.0.10', '10.0.0.11'), other);
    assert.equal(one.split('10.0.0.10').length, 2);
  });

  it('goes into user data that the old cloud-init takes', () => {
    const data = renderUserData(text(EVERYTHING), { coreAddress: '10.0.0.10' });
    assert.match(data, /^MIME-Version: 1\.0\nContent-Type: multipart\/mixed; boundary="=stackato"\n\n--=stackato\n/);
    assert.match(data, /Content-Type: text\/cloud-config\n\n#cloud-config\nbootcmd:\n - sed /);
    assert.match(data, /Content-Type: text\/x-shellscript\n\n#!\/bin\/sh\n/);
    assert.match(data, /\n--=stackato--\n$/);
    assert.match(renderUserData(text(EVERYTHING, '2.10'), { coreAddress: '10.0.0.10' }), /^#!\/bin\/sh\n/);
  });
});

const EVERYTHING = steps(
  ['ready', { do: 'ready' }],
  ['disk', { do: 'mount', gib: 50, mount: '/mnt/stackato' }],
  ['reboot', { do: 'reboot' }],
  ['core', { do: 'wait-core', port: 4222, why: "the core's bus" }],
  [
    'key',
    { do: 'make-key' },
    { do: 'share', name: 'cluster-key', files: ['/a', '/b'] },
    { do: 'take', name: 'cluster-key' },
    { do: 'trust-key' },
  ],
  ['attach', { do: 'attach', roles: ['dea', 'router'] }, { do: 'verify-roles', roles: ['dea'] }],
  ['zone', { do: 'availability-zone', zone: { hole: 'node.zone' } }],
  [
    'run',
    { do: 'run', words: ['echo', { hole: 'secret', name: 'x' }], as: 'stackato' },
    { do: 'write', path: '/etc/x', content: 'x' },
  ],
  ['nasty', ...NASTY.map((word) => config('k', word))],
  ['license', { do: 'license-set', license: { hole: 'secret', name: 'license' } }],
  ['database', { do: 'wait-database', name: 'apps' }, { do: 'verify-process', process: 'mysql_node' }],
  ['database', config('mysql/pass', { hole: 'database', name: 'apps', attribute: 'password' })],
);
