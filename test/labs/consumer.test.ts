import assert from 'node:assert/strict';
import { type ExecFileSyncOptions, execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

// A project of its own that installs our tarball, as a user's would: what compiles and runs here was published.

const root = join(__dirname, '..', '..', '..');
const MINUTES = 60_000;

const INSTALL = {
  npm: ['npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', '--no-package-lock'],
  pnpm: ['npx', '--yes', 'pnpm@9.8.0', 'install', '--prefer-offline', '--no-lockfile'],
  yarn: ['npx', '--yes', 'yarn@1.22.22', 'install', '--prefer-offline', '--no-lockfile', '--non-interactive'],
} as const;

/** Changes to the template's package.json: which core it runs on, and what installs it. */
const PROJECTS = [
  { core: 'cdktf 0.21', by: 'npm', named: 'cdktf', dependencies: {}, overrides: {} },
  { core: 'cdktf 0.21', by: 'pnpm', named: 'cdktf', dependencies: {}, overrides: {} },
  { core: 'cdktf 0.21', by: 'yarn', named: 'cdktf', dependencies: {}, overrides: {} },
  {
    core: 'cdktn 0.24 by alias',
    by: 'npm',
    named: 'cdktn',
    dependencies: { cdktf: 'npm:cdktn@0.24.0', constructs: '>=10.6.0 <10.8.0' },
    overrides: { '@cdktf/provider-aws': { cdktf: '$cdktf' } },
  },
] as const;

interface Stack {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly output?: Readonly<Record<string, { readonly value: unknown }>>;
}

let tarball: string;
let shelf: string;

before(() => {
  shelf = mkdtempSync(join(tmpdir(), 'stackato-tarball-'));
  const npm = ['pack', '--json', '--ignore-scripts', '--pack-destination', shelf];
  const said = execFileSync('npm', npm, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  tarball = join(shelf, (JSON.parse(said) as [{ filename: string }])[0].filename);
});
after(() => rmSync(shelf, { recursive: true, force: true }));

for (const { core, by, named, dependencies, overrides } of PROJECTS) {
  describe(`a project on ${core} that installs the tarball with ${by}`, () => {
    let project: string;
    const inProject = (): ExecFileSyncOptions & { encoding: 'utf8' } => ({
      cwd: project,
      encoding: 'utf8',
      timeout: 8 * MINUTES,
      maxBuffer: 1 << 26,
    });
    const run = (program: string, ...args: string[]) => {
      const { status, stdout, stderr, error } = spawnSync(program, args, inProject());
      assert.equal(status, 0, `${program} ${args.join(' ')}\n${error?.message ?? ''}${stdout}${stderr}`);
      return String(stdout);
    };
    const stack = (name: string) =>
      JSON.parse(readFileSync(join(project, 'cdktf.out', 'stacks', name, 'cdk.tf.json'), 'utf8')) as Stack;

    before(() => {
      project = mkdtempSync(join(tmpdir(), 'stackato-consumer-'));
      cpSync(join(root, 'test', 'consumer', 'template'), project, { recursive: true });
      const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { dependencies: object };
      manifest.dependencies = { ...manifest.dependencies, ...dependencies, 'cdktf-stackato': `file:${tarball}` };
      writeFileSync(join(project, 'package.json'), JSON.stringify({ ...manifest, overrides }, null, 2));
      const [program, ...words] = INSTALL[by];
      run(program, ...words);
    });
    after(() => rmSync(project, { recursive: true, force: true }));

    it('runs on that core', () => {
      const { name } = JSON.parse(readFileSync(join(project, 'node_modules', 'cdktf', 'package.json'), 'utf8')) as {
        name: string;
      };
      assert.equal(name, named);
    });

    it('compiles under strict, for CommonJS and for ES modules', () => {
      run('npx', '--no-install', 'tsc', '-p', '.');
    });

    it('synthesizes a whole cluster', () => {
      run(process.execPath, 'main.js');
      const { resource, output } = stack('shop-aws');
      assert.deepEqual(Object.keys(resource['aws_instance'] ?? {}).length, 3);
      assert.equal(Object.keys(resource['aws_db_instance'] ?? {}).length, 1);
      const { nodes } = output!['stackato_manifest']!.value as { nodes: object };
      assert.deepEqual(Object.keys(nodes).sort(), ['core', 'data-1', 'dea-1', 'dea-2']);
    });

    it('does the same on OpenStack, with bindings that came along', () => {
      const servers = (name: string) => Object.values(stack(name).resource['openstack_compute_instance_v2']!);
      assert.equal(servers('shop-openstack').length, 3);
      const [batch] = servers('others');
      assert.deepEqual(Object.keys(batch!['for_each'] as object), ['batch-1', 'batch-2', 'batch-3']);
    });

    it('joins DEAs and a service of its own to a cluster known by plain strings', () => {
      const { resource } = stack('guests');
      const machines = Object.values(resource['aws_instance']!);
      assert.deepEqual(
        machines.map((m) => Object.keys(m['for_each'] as object)),
        [['batch-1', 'batch-2', 'batch-3'], ['search-1']],
      );
      assert.equal(Object.keys(resource['aws_ebs_volume']!).length, 1);
      for (const machine of machines) {
        assert.ok((machine['vpc_security_group_ids'] as string[]).includes('sg-0123456789abcdef0'));
      }
    });

    it('uses it from an ES module, with nothing loaded that is not used', () => {
      const said = run(process.execPath, 'module.mjs');
      assert.match(said, /^cluster mvp · Stackato 3\.6/);
      assert.match(said, /DeaPool\n$/);
    });

    it('has the command, which finds the same core', () => {
      const file = join('node_modules', 'cdktf-stackato', 'stacks', 'mvp.yaml');
      const command = (...words: string[]) => run('npx', '--no-install', 'cdktf-stackato', ...words);
      assert.match(command('check', file), /4 nodes, 1 database, 2 data volumes/);
      assert.match(command('synth', file, '--cloud', 'aws'), /^mvp-aws: \d+ resources/);
      assert.equal(Object.keys(stack('mvp-aws').resource['aws_instance']!).length, 3);
    });
  });
}
