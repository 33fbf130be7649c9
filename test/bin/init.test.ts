import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { parse } from 'yaml';
import { defineCluster } from '../../lib/declaration/define';
import { readCluster } from '../../lib/declaration/read';
import type { ClusterInput } from '../../lib/declaration/schema';
import { call, example, root } from './command';

const FILES = ['.github', '.gitignore', 'README.md', 'cluster.yaml', 'package.json'];

describe('init', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'stackato-init-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('writes a project that checks, shows and synthesizes as it stands', async () => {
    const { code, out, err } = await call(['init', 'my-cluster'], { cwd: folder });
    assert.equal(code, 0, err);
    assert.match(out, /\nNext: cd my-cluster && npm install && npx cdktf-stackato check cluster\.yaml\n$/);
    const project = join(folder, 'my-cluster');
    assert.deepEqual(readdirSync(project).sort(), FILES);
    assert.deepEqual(readdirSync(folder), ['my-cluster'], 'nothing is left beside it');
    assert.equal(statSync(project).mode & 0o777, 0o777 & ~process.umask());
    const checked = await call(['check', 'cluster.yaml'], { cwd: project });
    assert.match(checked.out, /4 nodes, 1 database, 2 data volumes, no findings/, checked.err);
    const synthesized = await call(['synth', 'cluster.yaml'], { cwd: project });
    assert.equal(synthesized.code, 0, synthesized.err);
  });

  it('begins with the cluster of the shipped example, and explains it', async () => {
    await call(['init', 'mvp'], { cwd: folder });
    const text = readFileSync(join(folder, 'mvp', 'cluster.yaml'), 'utf8');
    const shipped = readCluster(example);
    const onAws = { ...shipped, clouds: { aws: shipped.clouds.aws } };
    assert.deepEqual(defineCluster(parse(text) as ClusterInput), onAws);
    assert.ok(text.split('\n').filter((line) => line.includes('# ')).length >= 10);
  });

  it('asks for the releases that are tested together', async () => {
    await call(['init', 'a'], { cwd: folder });
    const of = (path: string) =>
      JSON.parse(readFileSync(path, 'utf8')) as Record<'dependencies' | 'devDependencies', Record<string, string>> & {
        version: string;
      };
    const ours = of(join(root, 'package.json'));
    assert.deepEqual(of(join(folder, 'a', 'package.json')).dependencies, {
      '@aws-sdk/client-ec2': ours.devDependencies['@aws-sdk/client-ec2'],
      '@aws-sdk/client-rds': ours.devDependencies['@aws-sdk/client-rds'],
      '@aws-sdk/client-secrets-manager': ours.devDependencies['@aws-sdk/client-secrets-manager'],
      '@aws-sdk/credential-providers': ours.devDependencies['@aws-sdk/credential-providers'],
      '@cdktf/provider-aws': ours.devDependencies['@cdktf/provider-aws'],
      cdktf: ours.devDependencies['cdktf'],
      'cdktf-stackato': ours.version,
      constructs: ours.devDependencies['constructs'],
    });
  });

  it('shows in README and review only verbs and options that there are', async () => {
    await call(['init', 'a'], { cwd: folder });
    const readme = readFileSync(join(folder, 'a', 'README.md'), 'utf8');
    assert.ok(readme.trimEnd().split('\n').length <= 15);
    const workflow = readFileSync(join(folder, 'a', '.github', 'workflows', 'review.yaml'), 'utf8');
    assert.equal(typeof parse(workflow), 'object');
    const calls = [...`${readme}\n${workflow}`.matchAll(/npx cdktf-stackato ([^#`\n]+)/g)].map((m) =>
      m[1]!.trim().split(/\s+/),
    );
    assert.ok(calls.length >= 10);
    const pages = new Map<string, string>();
    for (const [verb, ...words] of calls) {
      if (verb === undefined || verb === 'help') continue;
      if (!pages.has(verb)) {
        const { code, out } = await call([verb, '--help']);
        assert.equal(code, 0, verb);
        pages.set(verb, out);
      }
      const out = pages.get(verb)!;
      for (const option of words.filter((word) => word.startsWith('--')))
        assert.ok(out.includes(` ${option}`), `${verb} ${option}`);
    }
  });

  it('fills an empty folder, also one under git', async () => {
    mkdirSync(join(folder, '.git'));
    const { code, out } = await call(['init', '--json'], { cwd: folder });
    assert.equal(code, 0);
    const said = JSON.parse(out) as { folder: string; files: string[]; next: string };
    assert.equal(said.folder, '.');
    assert.equal(said.next, 'npm install && npx cdktf-stackato check cluster.yaml');
    for (const name of said.files) assert.ok(statSync(join(folder, name)).isFile());
    assert.deepEqual(readdirSync(folder).sort(), ['.git', ...FILES]);
  });

  it('leaves a folder alone that holds something, and a file', async () => {
    writeFileSync(join(folder, 'note.txt'), 'mine');
    const full = await call(['init', '.'], { cwd: folder });
    assert.equal(full.code, 1);
    assert.match(full.err, /is not empty \(note\.txt\); name a folder that is empty/);
    const aFile = await call(['init', 'note.txt'], { cwd: folder });
    assert.equal(aFile.code, 1);
    assert.match(aFile.err, /is a file/);
    assert.deepEqual(readdirSync(folder), ['note.txt']);
    assert.equal(readFileSync(join(folder, 'note.txt'), 'utf8'), 'mine');
  });

  it('makes a name of any folder’s', async () => {
    for (const [named, expected] of [
      ['My Cluster!', 'my-cluster'],
      ['2025', 'mycluster'],
      ['9-lives', 'lives'],
      ['a-very-long-name-of-a-folder-indeed', 'a-very-long-name-of-a-fo'],
    ] as const) {
      const { code, err } = await call(['init', named], { cwd: folder });
      assert.equal(code, 0, err);
      assert.equal(readCluster(join(folder, named, 'cluster.yaml')).name, expected);
    }
  });

  it('writes nothing where it may not', async () => {
    const { code, err, out } = await call(['init', '/proc/stackato/cluster'], { cwd: folder });
    assert.equal(code, 1);
    assert.equal(out, '');
    assert.doesNotMatch(err, /a defect of/);
  });
});
