import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { absent } from '../programs';
import { call, command, example, root } from './command';

const FRAMES = /^\s+at .+:\d+:\d+\)?$/m;
const COLOR = '\u001b[';

const BROKEN = `name: mvp
hostname: paas.example.com
admin:
  email: ops@example.com
  organization: Example
  password: { secret: admin-password }
pools:
  dea: { roles: [dae], cuont: 2 }
  data: { roles: [mysql] }
`;

describe('the command as a process', () => {
  let folder: string;
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'stackato-bin-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('lists its verbs, each of which is there', async () => {
    const { code, out } = await call(['--help']);
    assert.equal(code, 0);
    const listed = [...out.matchAll(/^ {2}([a-z]+) (?:\[options\]|\[command\])/gm)]
      .map((m) => m[1]!)
      .filter((v) => v !== 'help');
    const modules = readdirSync(join(root, 'bin', 'verbs')).map((name) => name.replace(/\.ts$/, ''));
    assert.deepEqual(listed.sort(), modules.sort());
    for (const verb of listed) {
      const { code: fine, out: help } = await call([verb, '--help']);
      assert.equal(fine, 0, verb);
      assert.match(help, new RegExp(`^Usage: cdktf-stackato ${verb} `));
    }
  });

  it('reviews as JSON with --json, and refuses another format beside it', async () => {
    const real = readFileSync(join(root, 'test', 'review', 'real', 'dea-image.json'), 'utf8');
    const plan = file('plan.json', JSON.stringify((JSON.parse(real) as { plan: unknown }).plan));
    assert.equal((JSON.parse((await call(['review', '--plan', plan, '--json'])).out) as { schema: number }).schema, 1);
    const both = await call(['review', '--plan', plan, '--json', '--format', 'md']);
    assert.match(both.out + both.err, /--json asks for json, not md/);
    assert.equal(both.code, 1);
    assert.match((await call(['review', '--plan', plan])).out, /^Stackato plan/);
  });

  it('says that the folder to write to is a file', async () => {
    const taken = file('taken', '');
    for (const [outdir, why] of [
      [taken, /--outdir {2}.*taken is a file; name a folder/],
      [join(taken, 'below'), /--outdir {2}.*below is inside a file; name a folder/],
    ] as const) {
      const { code, err } = await call(['synth', example, '--cloud', 'aws', '--outdir', outdir]);
      assert.equal(code, 1);
      assert.match(err, why);
    }
  });

  it('says its version', async () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    assert.deepEqual(await call(['--version']), { code: 0, out: `${version}\n`, err: '' });
  });

  it('knows a slip of the fingers in a verb and in an option', async () => {
    const verb = await call(['chekc', example]);
    assert.equal(verb.code, 1);
    assert.match(verb.err, /unknown command 'chekc'[\s\S]*Did you mean check\?/);
    const option = await call(['show', example, '--breif']);
    assert.equal(option.code, 1);
    assert.match(option.err, /Did you mean --brief\?/);
  });

  it('asks for what is missing', async () => {
    const { code, err } = await call(['check']);
    assert.equal(code, 1);
    assert.match(err, /missing required argument 'file'/);
  });

  it('ends with 0 for a file that is right, results on standard output', async () => {
    const { code, out, err } = await call(['check', example]);
    assert.equal(code, 0);
    assert.match(out, /mvp\.yaml: 4 nodes, 1 database, 2 data volumes, no findings\nNext: cdktf-stackato show /);
    assert.equal(err, '');
  });

  it('ends with 1 for a file that is wrong, with a table of what and where', async () => {
    const { code, out, err } = await call(['check', file('broken.yaml', BROKEN)]);
    assert.equal(code, 1);
    assert.equal(out, '');
    assert.match(err, /broken\.yaml: \d problems?\n/);
    assert.match(err, /^ {2}8:24 +pools\.dea\.cuont +unknown key; did you mean "count"\?/m);
    assert.doesNotMatch(err, FRAMES);
  });

  it('gives the same as JSON, whole and alone on standard output', async () => {
    const { code, out } = await call(['check', '--json', file('broken.yaml', BROKEN)]);
    assert.equal(code, 1);
    const body = JSON.parse(out) as {
      error: string;
      subject: string;
      problems: { path: string; line: number; rule: string }[];
    };
    assert.equal(body.error, 'input');
    assert.match(body.subject, /broken\.yaml$/);
    assert.deepEqual(
      body.problems.map(({ path, line, rule }) => [path, line, rule]),
      [['pools.dea.cuont', 8, 'key-unknown']],
    );
  });

  it('takes --json before and after the verb', async () => {
    const [before, after] = await Promise.all([call(['--json', 'check', example]), call(['check', example, '--json'])]);
    assert.deepEqual(before, after);
    assert.equal((JSON.parse(before.out) as { nodes: number }).nodes, 4);
  });

  for (const [what, path, says] of [
    ['a file that is not there', () => join(folder, 'nothing.yaml'), /no such file/],
    ['a folder in the place of a file', () => folder, /is a folder/],
    ['a file that is no YAML', () => file('text.yaml', 'name: [mvp\n'), /^ {2}\d+:\d+ /m],
    ['an empty file', () => file('empty.yaml', ''), /name +required/],
    ['a file of bytes', () => file('bytes.yaml', '\u0000\u0001\ufffd: 1'), /problem/],
  ] as const) {
    it(`refuses ${what} in words, whatever the verb`, async () => {
      for (const verb of ['check', 'show', 'synth']) {
        const { code, out, err } = await call([verb, path()], { cwd: folder });
        assert.equal(code, 1, `${verb}: ${err}`);
        assert.equal(out, '');
        assert.match(err, says);
        assert.doesNotMatch(err, FRAMES);
        assert.doesNotMatch(err, /a defect of/);
      }
    });
  }

  it('shows frames when they are asked for', async () => {
    const { err } = await call(['check', join(folder, 'nothing.yaml')], { env: { STACKATO_DEBUG: '1' } });
    assert.match(err, /InputError: /);
  });

  it('has no colour in a pipe, nor with NO_COLOR on a terminal', { skip: absent('script') }, async () => {
    const broken = file('broken.yaml', BROKEN);
    const { err } = await call(['check', broken]);
    assert.ok(!err.includes(COLOR));
    const onTerminal = (env: NodeJS.ProcessEnv) =>
      spawnSync('script', ['-qec', `'${process.execPath}' '${command}' check '${broken}'`, '/dev/null'], {
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], HOME: folder, TERM: 'xterm', ...env },
        timeout: 30_000,
      }).stdout;
    const plain = onTerminal({ NO_COLOR: '1' });
    assert.match(plain, /did you mean "count"/);
    assert.ok(!plain.includes(COLOR));
    assert.ok(onTerminal({}).includes(COLOR), 'the terminal must be one on which colours are seen');
  });

  it('does not mind a reader that goes away', async () => {
    const words = ['show', example, '--format', 'json'];
    const child = spawn(process.execPath, [command, ...words], { stdio: ['ignore', 'pipe', 'pipe'], timeout: 30_000 });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.stdout.destroy();
    const [code] = (await once(child, 'close')) as [number | null];
    assert.equal(err, '');
    assert.notEqual(code, null, 'ended by itself');
    const piped = spawnSync('sh', ['-c', `'${process.execPath}' '${command}' show '${example}' | head -n 1`], {
      encoding: 'utf8',
      timeout: 30_000,
    });
    assert.match(piped.stdout, /^cluster mvp /);
    assert.equal(piped.stderr, '');
  });

  for (const [signal, what] of [
    ['SIGINT', 'Ctrl-C'],
    ['SIGHUP', 'a terminal that closes'],
  ] as const) {
    it(`ends soon and without a word of its own on ${what}`, async () => {
      rmSync(join(folder, 'started'), { force: true });
      writeFileSync(
        join(folder, 'cdktf.json'),
        JSON.stringify({ app: 'echo started >&2; echo > started; exec sleep 25' }),
      );
      const child = spawn(process.execPath, [command, 'synth', 'any-stack'], {
        cwd: folder,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let err = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
      const began = Date.now();
      while (!existsSync(join(folder, 'started'))) {
        assert.ok(Date.now() - began < 10_000, `the app began within 10 s\n${err}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      const stopped = Date.now();
      child.kill(signal);
      const [code] = (await once(child, 'close')) as [number];
      assert.equal(code, 130);
      assert.ok(Date.now() - stopped < 5000);
      assert.doesNotMatch(err, FRAMES);
    });
  }
});
