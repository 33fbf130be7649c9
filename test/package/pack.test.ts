import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { before, describe, it } from 'node:test';

const root = join(__dirname, '..', '..', '..');
const text = (file: string) => readFileSync(join(root, file), 'utf8');
const manifest = JSON.parse(text('package.json')) as {
  readonly version: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly main: string;
  readonly types: string;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
};

interface Packed {
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

describe('the tarball', () => {
  let packed: Packed;
  let paths: readonly string[];
  before(() => {
    const said = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    packed = (JSON.parse(said) as [Packed])[0];
    paths = packed.files.map((file) => file.path);
  });

  it('holds what runs and what explains it, and nothing else', () => {
    const allowed = [
      /^dist\/(bin|lib|stacks)\/.*\.(js|d\.ts)$/,
      /^lib\/[\w-]+\/assets\//,
      /^schema\/[\w.-]+\.json$/,
      /^provider-openstack\/(lib\/([\w-]+\/)?(lazy-)?index\.(js|d\.ts)|LICENSE|README\.md|package\.json)$/,
      /^stacks\/[\w-]+\.yaml$/,
      /^docs\/[\w-]+\.(md|sh)$/,
      /^(README\.md|LICENSE|CHANGELOG\.md|CONTRIBUTING\.md|package\.json)$/,
    ];
    assert.deepEqual(
      paths.filter((path) => !allowed.some((pattern) => pattern.test(path))),
      [],
    );
    assert.deepEqual(
      paths.filter((path) => /(^|\/)(test|bench)\/|\.test\.|tsbuildinfo|__pycache__/.test(path)),
      [],
    );
  });

  it('brings licence, example and assets along', () => {
    for (const path of [
      'LICENSE',
      'package.json',
      'stacks/mvp.yaml',
      'lib/lab/assets/requirements.txt',
      'lib/lab/assets/openstack/lab.sh',
    ]) {
      assert.ok(paths.includes(path), `${path} is missing`);
    }
  });

  it('is compiled of sources that are there', () => {
    const sources = paths.flatMap((path) =>
      /^dist\/.*\.js$/.test(path) ? [path.slice(5).replace(/\.js$/, '.ts')] : [],
    );
    assert.deepEqual(
      sources.filter((source) => !existsSync(join(root, source))),
      [],
      'left over: remove dist and build',
    );
  });

  it('names no place of the machine that built it', () => {
    const places = [root, homedir(), '/home/runner'].filter((place) => place.length > 1);
    const guilty = paths.filter((path) => {
      const content = text(path);
      return places.some((place) => content.includes(`${place}/`));
    });
    assert.deepEqual(guilty, []);
  });

  it('is small', () => {
    assert.ok(packed.size < 1.5 * 1024 * 1024, `${Math.round(packed.size / 1024)} KiB`);
  });

  it('has what its pages link to', () => {
    const pages = paths.filter((path) => /^(docs\/.*|[A-Z]+)\.md$/.test(path));
    const broken = pages.flatMap((page) =>
      [...text(page).matchAll(/\]\((?!https?:)([^)#\s]+)/g)]
        .map((link) => join(dirname(page), link[1]!))
        .filter((target) => !paths.includes(target))
        .map((target) => `${page}: ${target}`),
    );
    assert.deepEqual(broken, []);
  });

  it('has nothing that publint or are-the-types-wrong complain about', () => {
    const folder = mkdtempSync(join(tmpdir(), 'stackato-pack-'));
    try {
      execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: root, stdio: 'ignore' });
      const [tarball] = readdirSync(folder).map((file) => join(folder, file));
      const tool = (name: string, ...words: readonly string[]) =>
        spawnSync(join(root, 'node_modules', '.bin', name), words, { encoding: 'utf8' });
      const publint = tool('publint', 'run', tarball!, '--level', 'suggestion', '--strict');
      assert.match(publint.stdout, /All good!/, publint.stdout);
      assert.equal(publint.status, 0);
      const types = tool('attw', tarball!, '--format', 'json');
      const { analysis } = JSON.parse(types.stdout) as { analysis: { problems: readonly unknown[] } };
      assert.deepEqual(analysis.problems, []);
      assert.equal(types.status, 0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('has every file that package.json promises', () => {
    const exported = Object.values(manifest.exports).flatMap((to) =>
      typeof to === 'string' ? [to] : Object.values(to),
    );
    const promised = [...exported, ...Object.values(manifest.bin), manifest.main, manifest.types];
    const there = (path: string) => {
      const [before, after] = path.split('*') as [string, string?];
      return paths.some((one) => (after === undefined ? one === path : one.startsWith(before) && one.endsWith(after)));
    };
    const missing = promised.map((path) => path.replace(/^\.\//, '')).filter((path) => !there(path));
    assert.deepEqual(missing, []);
    for (const file of Object.values(manifest.bin)) assert.match(text(file), /^#!\/usr\/bin\/env node\n/);
  });
});

describe('the dependencies', () => {
  const sources = ['lib', 'bin', 'stacks']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((f) => join(folder, f)),
    )
    .filter((file) => file.endsWith('.ts'));
  const packageOf = (specifier: string) =>
    specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/');
  const imported = new Set(
    sources.flatMap((file) =>
      [...text(file).matchAll(/(?:\bfrom|\bimport\(|\brequire\(|^import)\s*'([^'.][^']*)'/gm)]
        .map((match) => match[1]!)
        .filter((specifier) => !/^(node:|#)/.test(specifier))
        .map(packageOf),
    ),
  );

  it('are imported, and what is imported is declared', () => {
    const declared = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)];
    assert.deepEqual([...imported].sort(), declared.sort());
  });

  it('are exact where they come with us', () => {
    const loose = Object.entries(manifest.dependencies).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
    assert.deepEqual(loose, []);
  });

  it('are justified one by one, with the licence that they have', () => {
    const rows = [...text('docs/dependencies.md').matchAll(/^\| `([^`]+)` \|(.*)\|$/gm)].map(([, name, rest]) => {
      const cells = rest!.split('|').map((cell) => cell.trim());
      return { name: name!, cells, licence: cells.at(-1)! };
    });
    const declared = { ...manifest.dependencies, ...manifest.peerDependencies };
    assert.deepEqual(
      rows.map((row) => row.name),
      Object.keys(declared),
      'rows and package.json, in its order',
    );
    for (const { name, cells, licence } of rows) {
      assert.ok(
        cells.every((cell) => cell.length > 0),
        `${name} has an empty cell`,
      );
      const theirs = JSON.parse(text(`node_modules/${name}/package.json`)) as { license: string };
      assert.equal(licence, theirs.license, name);
      const range = manifest.peerDependencies[name];
      if (range !== undefined) assert.equal(cells.at(-2), range, name);
    }
  });
});
