import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ARROWS, circles, complaints, imports, LONGEST, longFunctions, sources } from './layers';

const ROOT = join(__dirname, '..', '..', '..');

describe('the layers', () => {
  // This file's own examples are wrong on purpose.
  const all = sources(ROOT, ['lib', 'bin', 'stacks', 'bench', 'bindings', 'test']).filter(
    ([file]) => file !== 'test/layers/layers.test.ts',
  );
  it('are kept by every file', () => {
    assert.ok(all.length > 100);
    assert.deepEqual(
      all.flatMap(([file, text]) => complaints(file, text)),
      [],
    );
  });
  it('have no circles, of types neither', () => {
    assert.deepEqual(circles(all), []);
  });
  it('have short functions', () => {
    const ours = all.filter(([file]) => !file.startsWith('test/'));
    assert.deepEqual(ours.flatMap(longFunctions), []);
  });
  it('have folders of lib with words for names', () => {
    const names = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' }).flatMap((f) => f.split('/'));
    assert.deepEqual(
      names.filter((n) => !/^[a-z0-9]+([-_][a-z0-9]+)*(\.[a-z]+)*$/.test(n)),
      [],
    );
  });

  for (const [file, line, wrong] of [
    ['lib/kato/x.ts', "import { a } from '../declaration/fields';", true],
    ['lib/kato/roles/x.ts', "import { a } from '../../declaration/fields';", true],
    ['lib/kato/roles/x.ts', "import { a } from '../../base/input';", false],
    ['lib/kato/roles/x.ts', "import { a } from '../role';", false],
    ['lib/base/input.ts', "import { a } from '../kato/role';", true],
    ['lib/declaration/x.ts', "import { a } from '../topology/model';", true],
    ['lib/topology/x.ts', "import type { a } from '../stack/output';", true],
    ['lib/topology/x.ts', "import { App } from 'cdktf';", true],
    ['lib/topology/x.ts', "const { App } = await import('cdktf');", true],
    ['lib/declaration/x.ts', "import { Construct } from 'constructs';", true],
    ['lib/engine/x.ts', "import { Construct } from 'constructs';", true],
    ['lib/review/x.ts', "import { Instance } from '@cdktf/provider-aws/lib/instance';", true],
    ['lib/stack/x.ts', "import { App } from 'cdktf';", false],
    ['lib/stack/x.ts', "import { a } from '../aws/tags';", true],
    ['lib/stack/x.ts', "import { a } from '../engine/run';", true],
    ['lib/engine/x.ts', "import { a } from '../stack/handle';", true],
    ['lib/engine/x.ts', "import { a } from '../cloud-api/aws/api';", true],
    ['lib/cloud-api/aws/x.ts', "import { a } from '../../topology/model';", true],
    ['lib/aws/x.ts', "export * from '../openstack/tags';", true],
    ['lib/openstack/x.ts', "const a = require('../aws/tags');", true],
    ['lib/aws/x.ts', "import { Instance } from '@cdktf/provider-aws/lib/instance';", false],
    ['lib/aws/x.ts', `import { instance } from '@cdktf/${'provider-aws'}';`, true],
    ['test/aws/x.ts', `import { instance } from '@cdktf/${'provider-aws'}';`, true],
    ['stacks/x.ts', "import { a } from '../lib/aws';", false],
    ['stacks/x.ts', "import { a } from '../bin/start';", true],
    ['lib/review/x.ts', "import { a } from '../topology/manifest';", false],
    ['lib/review/x.ts', "import { a } from '../aws/tags';", true],
    ['lib/review/x.ts', "import { a } from '../engine/run';", true],
    ['lib/model/x.ts', "import { a } from '../kato/role';", true],
    ['lib/rehearsal/x.ts', "import { a } from '../model/roles';", false],
    ['lib/operate/x.ts', "import { a } from '../model/grammar';", true],
    ['lib/lab/x.ts', "import { a } from '../../bin/terminal/io';", true],
    ['lib/deploy/x.ts', "import { a } from '../../stacks/aws';", true],
    ['lib/elsewhere/x.ts', "import { a } from '../kato/role';", true],
    ['lib/index.ts', "export * from './aws';", false],
    ['lib/kato/x.ts', "// import { a } from '../declaration/fields';", false],
    ['bin/verbs/x.ts', "import { App } from 'cdktf';", true],
    ['bin/verbs/x.ts', "import { a } from '../../lib/deploy/target';", false],
    ['bin/verbs/x.ts', "import { a } from '../../test/bin/command';", true],
    ['bench/x.ts', "import { a } from '../lib/deploy/target';", false],
  ] as const) {
    it(`${wrong ? 'refuse' : 'allow'} ${line} in ${file}`, () => {
      assert.equal(complaints(file, line).length, wrong ? 1 : 0, complaints(file, line).join('\n'));
    });
  }
  it('are those that the page on the architecture shows', () => {
    const page = readFileSync(join(ROOT, 'docs', 'architecture.md'), 'utf8');
    const [, told = ''] = /^Who may import whom: (.*?)all of lib ◄/ms.exec(page) ?? [];
    const shown = new Map<string, Set<string>>();
    for (const clause of told.split(';')) {
      const groups = clause.split('◄').map((group) => group.match(/[a-z][a-z-]*/g) ?? []);
      for (const [i, group] of groups.slice(1).entries())
        for (const upper of group)
          for (const lower of groups[i]!) shown.set(upper, (shown.get(upper) ?? new Set()).add(lower));
    }
    for (const [layer, below] of Object.entries(ARROWS))
      assert.deepEqual([...(shown.get(layer) ?? [])].sort(), [...below].sort(), `docs/architecture.md: ${layer}`);
    assert.deepEqual(
      [...shown.keys()].filter((layer) => !ARROWS[layer]),
      [],
    );
  });
  it('see a circle of three files, and of types alone', () => {
    const three = [
      ['lib/a.ts', "import { b } from './b';"],
      ['lib/b.ts', "import type { c } from './c';"],
      ['lib/c/index.ts', "export * from '../a';"],
      ['lib/d.ts', "import { a } from './a';"],
    ] as const;
    assert.deepEqual(circles(three), [['lib/a.ts', 'lib/b.ts', 'lib/c/index.ts']]);
    assert.deepEqual(circles(three.slice(1)), []);
    const [a, b] = [['lib/a.ts', "import { b } from './b.js';"] as const, ['lib/b.ts', "import './a.ts';"] as const];
    assert.deepEqual(circles([a, b]), [['lib/a.ts', 'lib/b.ts']]);
    const folder = ['lib/c/index.ts', "import { d } from '../d/index.js';"] as const;
    assert.deepEqual(circles([folder, ['lib/d/index.ts', "import { c } from '../c';"]]), [
      ['lib/c/index.ts', 'lib/d/index.ts'],
    ]);
  });
  it('see a function that is too long, wherever it stands', () => {
    const body = 'a;\n'.repeat(LONGEST - 1);
    assert.deepEqual(longFunctions(['x.ts', `class A {\n  b() {\n${body}  }\n}`]), [
      `x.ts:2 b: ${LONGEST + 1} lines, at most ${LONGEST}`,
    ]);
    assert.deepEqual(longFunctions(['x.ts', `const b = () => {\n${body.slice(3)}};\n`]), []);
    assert.deepEqual(longFunctions(['x.ts', 'a;\n'.repeat(500)]), []);
  });
  it('are read from every form of import', () => {
    const text = `import 'a';\nimport b from "b";\nexport { c } from 'c';\nvoid import('d');\nrequire('e');\nimport {\n  f,\n} from 'f';\nimport type { g } from 'g';`;
    assert.deepEqual(imports(text), ['a', 'b', 'c', 'd', 'e', 'f', 'g']);
  });
});
