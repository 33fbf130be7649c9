import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { complaints, imports, sources } from './layers';

const ROOT = join(__dirname, '..', '..', '..');

describe('the layers', () => {
  it('are kept by every file', () => {
    // This file's own examples are wrong on purpose.
    const all = sources(ROOT, ['lib', 'bin', 'stacks', 'test']).filter(
      ([file]) => file !== 'test/layers/layers.test.ts',
    );
    assert.ok(all.length > 100);
    assert.deepEqual(
      all.flatMap(([file, text]) => complaints(file, text)),
      [],
    );
  });
  it('have folders of lib with words for names', () => {
    const names = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' }).flatMap((f) => f.split('/'));
    assert.deepEqual(
      names.filter((n) => !/^[a-z0-9]+([-_][a-z0-9]+)*(\.[a-z]+)*$/.test(n)),
      [],
    );
  });

  for (const [file, line, wrong] of [
    ['lib/kato/x.ts', "import { a } from '../spec/fields';", true],
    ['lib/kato/roles/x.ts', "import { a } from '../../spec/fields';", true],
    ['lib/kato/roles/x.ts', "import { a } from '../../input';", false],
    ['lib/kato/roles/x.ts', "import { a } from '../role';", false],
    ['lib/input.ts', "import { a } from './kato/role';", true],
    ['lib/spec/x.ts', "import { a } from '../topology/model';", true],
    ['lib/topology/x.ts', "import type { a } from '../terraform/output';", true],
    ['lib/topology/x.ts', "import { App } from 'cdktf';", true],
    ['lib/topology/x.ts', "const { App } = await import('cdktf');", true],
    ['lib/spec/x.ts', "import { Construct } from 'constructs';", true],
    ['lib/review/x.ts', "import { Instance } from '@cdktf/provider-aws/lib/instance';", true],
    ['lib/terraform/x.ts', "import { App } from 'cdktf';", false],
    ['lib/terraform/x.ts', "import { a } from '../aws/tags';", true],
    ['lib/aws/x.ts', "export * from '../openstack/tags';", true],
    ['lib/openstack/x.ts', "const a = require('../aws/tags');", true],
    ['lib/aws/x.ts', "import { Instance } from '@cdktf/provider-aws/lib/instance';", false],
    ['lib/aws/x.ts', `import { instance } from '@cdktf/${'provider-aws'}';`, true],
    ['test/aws/x.ts', `import { instance } from '@cdktf/${'provider-aws'}';`, true],
    ['stacks/x.ts', "import { a } from '../lib/aws';", false],
    ['lib/review/x.ts', "import { a } from '../topology/manifest';", false],
    ['lib/review/x.ts', "import { a } from '../aws/tags';", true],
    ['lib/lab/x.ts', "import { a } from '../../bin/io';", true],
    ['lib/elsewhere/x.ts', "import { a } from '../kato/role';", true],
    ['lib/index.ts', "export * from './aws';", false],
    ['lib/kato/x.ts', "// import { a } from '../spec/fields';", false],
    ['bin/x.ts', 'a;\n'.repeat(261), true],
    ['bin/x.ts', 'a;\n'.repeat(260), false],
    ['test/x.ts', 'a;\n'.repeat(400), false],
  ] as const) {
    it(`${wrong ? 'refuse' : 'allow'} ${line.length > 80 ? `${line.length} signs` : line} in ${file}`, () => {
      assert.equal(complaints(file, line).length, wrong ? 1 : 0, complaints(file, line).join('\n'));
    });
  }
  it('are read from every form of import', () => {
    const text = `import 'a';\nimport b from "b";\nexport { c } from 'c';\nvoid import('d');\nrequire('e');\nimport {\n  f,\n} from 'f';\nimport type { g } from 'g';`;
    assert.deepEqual(imports(text), ['a', 'b', 'c', 'd', 'e', 'f', 'g']);
  });
});
