import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { cliConfig, findMirrors, ownCliConfig, platform, withTofu } from '../../lib/engine/mirror';

const AWS = 'registry.terraform.io/hashicorp/aws';

let root: string;
const at = (...parts: string[]) => join(root, ...parts);
const plugin = (dir: string, provider: string, version = '5.100.0', os = platform()) => {
  mkdirSync(join(dir, provider, version, os), { recursive: true });
  return dir;
};
/** Only folders of this test: no home, no system-wide ones. */
const bare = () => ({ HOME: at('home'), XDG_DATA_DIRS: at('share') });
const find = (env: NodeJS.ProcessEnv = {}, mirror?: string) =>
  findMirrors({ ...bare(), ...env }, { mirror, cwd: at('work'), parents: [at('opt')] });

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'stackato-mirror-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('mirrors', () => {
  it('are nowhere on an empty machine', () => {
    assert.deepEqual(find(), []);
  });
  it('are found in every place, the nearest first', () => {
    const places = {
      option: plugin(at('a'), 'example.com/x/option'),
      environment: plugin(at('b'), 'example.com/x/environment'),
      second: plugin(at('c'), 'example.com/x/second'),
      cwd: plugin(at('work', 'terraform.d', 'plugins'), 'example.com/x/cwd'),
      home: plugin(at('home', '.terraform.d', 'plugins'), 'example.com/x/home'),
      data: plugin(at('share', 'terraform', 'plugins'), 'example.com/x/data'),
      opt: plugin(at('opt', 'plugins'), 'example.com/x/opt'),
    };
    const found = find({ STACKATO_MIRROR: [places.environment, places.second].join(delimiter) }, places.option);
    assert.deepEqual(
      found,
      Object.entries(places).map(([name, dir]) => ({ dir, providers: [`example.com/x/${name}`] })),
    );
  });
  it('serve a provider once', () => {
    plugin(at('opt', 'one'), AWS);
    plugin(at('opt', 'two'), AWS);
    plugin(at('opt', 'two'), 'registry.terraform.io/hashicorp/random', '3.0.0');
    assert.deepEqual(
      find().map(({ dir, providers }) => [dir, providers]),
      [
        [at('opt', 'one'), [AWS]],
        [at('opt', 'two'), ['registry.terraform.io/hashicorp/random']],
      ],
    );
  });
  it('must have a plugin for this machine, in folders that look like a host', () => {
    plugin(at('opt', 'other'), AWS, '5.100.0', 'plan9_mips');
    plugin(at('opt', 'no-host'), 'registry/hashicorp/aws');
    plugin(at('opt', 'hidden'), '.cache.d/hashicorp/aws');
    mkdirSync(at('opt', 'short', AWS), { recursive: true });
    writeFileSync(at('opt', 'file'), '');
    assert.deepEqual(find(), []);
  });
});

describe('the CLI configuration', () => {
  it('takes exactly what was found from the mirrors, and the rest from where it is', () => {
    const text = cliConfig([
      { dir: '/m 1', providers: [AWS] },
      { dir: '/m"${2}', providers: ['example.com/x/y'] },
    ]);
    assert.equal(
      text,
      `disable_checkpoint = true
provider_installation {
  filesystem_mirror {
    path    = "/m 1"
    include = ["${AWS}"]
  }
  filesystem_mirror {
    path    = "/m\\"$\${2}"
    include = ["example.com/x/y"]
  }
  direct {
    exclude = ["example.com/x/y", "${AWS}"]
  }
}
`,
    );
  });
  it('changes nothing about providers where no mirror is', () => {
    assert.equal(cliConfig([]), 'disable_checkpoint = true\n');
  });
  it("is the user's where there is one", () => {
    mkdirSync(at('home'));
    const file = at('mine.rc');
    assert.equal(ownCliConfig({ ...bare(), TF_CLI_CONFIG_FILE: file }), undefined, 'names a file that does not exist');
    writeFileSync(file, '');
    assert.equal(ownCliConfig({ ...bare(), TF_CLI_CONFIG_FILE: file }), file);
    assert.equal(ownCliConfig(bare()), undefined);
    writeFileSync(at('home', '.terraformrc'), '');
    assert.equal(ownCliConfig(bare()), at('home', '.terraformrc'));
  });
});

describe('mirrors for OpenTofu', () => {
  it('get a second tree under its own host, linked only at the last level', () => {
    const dir = plugin(at('opt', 'plugins'), AWS);
    const links = at('links');
    const twin = 'registry.opentofu.org/hashicorp/aws';
    for (const round of ['first', 'second']) {
      const mirrors = withTofu(find(), links);
      assert.deepEqual(
        mirrors.map((m) => m.providers),
        [[AWS], [twin]],
        round,
      );
      assert.equal(readlinkSync(join(links, twin, '5.100.0', platform())), join(dir, AWS, '5.100.0', platform()));
    }
    assert.deepEqual(findMirrors(bare(), { mirror: links, cwd: root, parents: [] }), [
      { dir: links, providers: [twin] },
    ]);
  });
  it('need none where the mirror has both hosts', () => {
    plugin(at('opt', 'plugins'), AWS);
    plugin(at('opt', 'plugins'), 'registry.opentofu.org/hashicorp/aws');
    assert.deepEqual(withTofu(find(), at('links')), find());
  });
});
