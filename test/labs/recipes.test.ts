import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import ts from 'typescript';
import { ROOT } from '../aws/synth';

/** One step of a recipe of CONTRIBUTING.md: what it writes, and what is said where it was left out. */
interface Step {
  readonly name: string;
  readonly changes: Readonly<Record<string, (text: string) => string>>;
  /** A command that the step runs after its changes. */
  readonly command?: 'goldens';
  readonly missed: RegExp;
}

/** A change that puts a text before another. */
const put = (text: string, where: string) => (file: string) => {
  assert.ok(file.includes(where), `the recipe finds no ${where}`);
  return file.replace(where, `${text}${where}`);
};

const ROLE: readonly Step[] = [
  {
    name: 'its file',
    changes: {
      'lib/kato/roles/solr.ts': () => `import { builtinRole } from '../role';
import { gatewayPorts, SERVICES } from './service';

/** Made up by a test of the recipe. */
export const solr = builtinRole({
  name: 'solr',
  title: 'search as a data service',
  since: '3.0',
  processes: ['solr_node', 'solr_gateway'],
  ports: gatewayPorts,
  keeps: { ...SERVICES, what: 'search indexes' },
  serves: 'data services',
  standIn: false,
});
`,
    },
    missed: /solr/,
  },
  {
    name: 'its place in the list',
    changes: {
      'lib/kato/roles/index.ts': (text) =>
        put(
          "import { solr } from './solr';\n",
          "import { stager } from './stager';",
        )(put('  solr,\n', '  stager,\n};')(text.replace('harbor, loadBalancer]', 'harbor, loadBalancer, solr]'))),
    },
    missed: /add them to ROLES in lib\/kato\/roles\/index\.ts: solr\.ts/,
  },
  {
    name: 'its export',
    changes: { 'lib/main.ts': put('  solr,\n', '  stager,\n}') },
    missed: /export them from lib\/kato\/roles\/index\.ts and lib\/main\.ts: solr/,
  },
  {
    name: 'its line in the table of roles',
    changes: {
      'test/kato/roles.test.ts': (text) =>
        text.replace(/ {2}load_balancer: \['3\.0'.*\n/, "$&  solr: ['3.0', '-', 'any', true],\n"),
    },
    missed: /add them to TABLE in test\/kato\/roles\.test\.ts: solr/,
  },
  {
    name: 'its ports in the table of ports',
    changes: {
      'test/kato/roles.test.ts': put(
        "  ['3.6', 'solr', 'all:5454 dea,controller:41000-61000'],\n",
        "  ['3.6', 'filesystem', ",
      ),
    },
    missed: /add them to PORTS in test\/kato\/roles\.test\.ts: solr/,
  },
  {
    name: 'its processes in the model',
    changes: {
      'lib/model/roles.ts': (text) =>
        put(
          "  'solr',\n",
          "  'harbor',\n];",
        )(put("  service('solr', [], { since: '3.0' }),\n", "  service('filesystem', []")(text)),
    },
    missed: /add them to lib\/model\/roles\.ts, or to NOT_IN_MODEL in test\/model\/roles\.test\.ts: solr/,
  },
  { name: 'the goldens', changes: {}, command: 'goldens', missed: /npm run goldens/ },
];

const DECLARATION_RULE: readonly Step[] = [
  {
    name: 'its entry',
    changes: {
      'lib/declaration/rules-cluster.ts': put(
        `  {
    id: 'hostname-short',
    severity: 'error',
    explain: 'Made up by a test of the recipe.',
    remedy: 'Write a longer name.',
    check: (spec) =>
      spec.hostname.length < 6 ? [{ path: 'hostname', message: 'is very short; write a longer name' }] : [],
  },
`,
        "  {\n    id: 'hostname-api',",
      ),
    },
    missed: /hostname-short/,
  },
  {
    name: 'its case',
    changes: {
      'test/declaration/rules.test.ts': put(
        `  {
    rule: 'hostname-short',
    fires: (f) => (f.hostname = 'a.io'),
    path: 'hostname',
    says: /very short/,
    silent: (f) => (f.hostname = 'abc.io'),
  },
`,
        "  {\n    rule: 'hostname-api',",
      ),
    },
    missed: /add cases to CASES in test\/declaration\/rules\.test\.ts: hostname-short/,
  },
];

const PLAN_RULE: readonly Step[] = [
  {
    name: 'its rule',
    changes: {
      'lib/review/rules/stores.ts': (text) => `${text}
export const tableGone: ReviewRule = {
  id: 'table-gone',
  severity: 'data-loss',
  title: 'A table is deleted',
  explain: {
    means: 'Made up by a test of the recipe.',
    reads: 'what the plan does to aws_dynamodb_table',
    todo: 'Keep the table.',
  },
  find: (context) =>
    context.changes
      .filter((change) => change.type === 'aws_dynamodb_table' && change.kind === 'delete')
      .map((change) => ({
        subject: change.address,
        statement: 'a table is deleted',
        evidence: actionsOf(context, change),
        addresses: [change.address],
      })),
};
`,
    },
    missed: /table-gone/,
  },
  {
    name: 'its place in the list',
    changes: {
      'lib/review/rules/index.ts': (text) =>
        put(
          '  tableGone,\n',
          '  serverWiped,\n\n',
        )(text).replace('import { storeLost }', 'import { storeLost, tableGone }'),
    },
    missed: /add them to lib\/review\/rules\/index\.ts: table-gone of stores\.ts/,
  },
  {
    name: 'its case',
    changes: {
      'test/review/cases-plan.ts': (text) =>
        text.replace(
          /export const planCases: readonly RuleCase\[\] = \[\n/,
          `$&  {
    rule: 'table-gone',
    fires: plan({ changes: [deletes('aws_dynamodb_table.a', { name: 'a' })] }),
    misses: plan({ changes: [creates('aws_dynamodb_table.a', { name: 'a' })] }),
  },
`,
        ),
    },
    missed: /add cases to test\/review\/cases-\*\.ts: table-gone/,
  },
  { name: 'the goldens', changes: {}, command: 'goldens', missed: /npm run goldens/ },
];

/** What has to know the new thing: tests of the copy, by their files, and a program that looks for it. */
interface Recipe {
  readonly steps: readonly Step[];
  readonly tests: readonly string[];
  /** More of them, that take longer: run when no step is left out. */
  readonly whole: readonly string[];
  /** Prints `known` when all that must know the new thing do. */
  readonly proof: string;
}

const RECIPES: Readonly<Record<string, Recipe>> = {
  'a role': {
    steps: ROLE,
    tests: ['kato/roles', 'kato/role-facts', 'model/roles', 'declaration/json-schema'],
    whole: ['golden/golden'],
    proof: `
      const { solr, defineCluster, planTopology } = require('./dist/lib/main');
      const base = { name: 'a', hostname: 'a.example.com', version: '3.6', admin: { email: 'a@b.c', organization: 'a', password: { secret: 'p' } } };
      const spec = defineCluster({ ...base, pools: { search: { roles: [solr()], diskGib: 10 }, dea: { roles: ['dea'] } } });
      const { roles, pools } = planTopology(spec);
      const { roles: modelled } = require('./dist/lib/model/roles');
      const schema = require('fs').readFileSync('schema/cluster.schema.json', 'utf8');
      const all = [roles.solr.keeps === 'search indexes', pools.search.keeps, schema.includes('"solr"'), modelled.some((r) => r.name === 'solr')];
      console.log(all.every(Boolean) ? 'known' : all.join());`,
  },
  'a rule over declarations': {
    steps: DECLARATION_RULE,
    tests: ['declaration/rules', 'declaration/explain'],
    whole: [],
    proof: `
      const { explanations } = require('./dist/lib/declaration/explain');
      console.log(explanations.some((e) => e.id === 'hostname-short') ? 'known' : 'not explained');`,
  },
  'a rule over plans': {
    steps: PLAN_RULE,
    tests: ['review/rules', 'review/docs'],
    whole: ['review/golden'],
    proof: `
      const { findRule } = require('./dist/lib/review');
      const page = require('fs').readFileSync('docs/review.md', 'utf8');
      console.log(findRule('table-gone') && page.includes('table-gone') ? 'known' : 'not listed');`,
  },
};

/** A copy of the repository that recipes are tried on; what the first build made is kept. */
class Copy {
  readonly root = mkdtempSync(join(tmpdir(), 'stackato-recipes-'));

  constructor() {
    const listed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT });
    for (const file of listed.stdout.toString().split('\0').filter(Boolean))
      cpSync(join(ROOT, file), join(this.root, file));
    cpSync(join(ROOT, 'dist'), join(this.root, 'dist'), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(this.root, 'node_modules'));
    spawnSync('git', ['init', '-q'], { cwd: this.root });
  }

  run(...words: readonly string[]) {
    const [program, ...rest] = words;
    return spawnSync(program!, rest, {
      cwd: this.root,
      encoding: 'utf8',
      env: { ...process.env, NODE_TEST_CONTEXT: undefined },
    });
  }

  /** Does some steps on what is there. */
  apply(steps: readonly Step[]): void {
    for (const { changes } of steps) {
      for (const [file, change] of Object.entries(changes)) {
        const path = join(this.root, file);
        writeFileSync(path, change(existsSync(path) ? readFileSync(path, 'utf8') : ''));
      }
    }
  }

  /** Puts all files of some steps back. */
  restore(steps: readonly Step[]): void {
    for (const file of filesOf(steps)) {
      if (existsSync(join(ROOT, file))) cpSync(join(ROOT, file), join(this.root, file));
      else rmSync(join(this.root, file), { force: true });
      this.transpileOne(file);
    }
    for (const file of ['schema/cluster.schema.json', 'docs/model.md', 'docs/review.md', 'docs/firewall.md'])
      cpSync(join(ROOT, file), join(this.root, file));
  }

  /** Runs tests on what is there, goldens refreshed where a step says so: what they say. */
  check(
    steps: readonly Step[],
    tests: readonly string[],
    build: 'whole' | 'changed',
  ): { failed: boolean; said: string } {
    const built = build === 'whole' ? this.compile() : this.transpile(steps);
    if (built !== undefined) return { failed: true, said: built };
    if (steps.some(({ command }) => command === 'goldens')) {
      const refreshed = this.run(process.execPath, 'dist/test/golden/refresh.js');
      if (refreshed.status !== 0) return { failed: true, said: refreshed.stderr };
    }
    const files = tests.map((test) => `dist/test/${test}.test.js`);
    const { status, stdout } = this.run(process.execPath, '--test', ...files);
    return { failed: status !== 0, said: stdout };
  }

  /** With types, as a contributor's build; what the compiler says against it. */
  private compile(): string | undefined {
    const { status, stdout } = this.run('npx', 'tsc', '-p', '.');
    return status === 0 ? undefined : stdout;
  }

  /** Only what steps change, without types: a tenth of the time. */
  private transpile(steps: readonly Step[]): undefined {
    for (const file of filesOf(steps)) this.transpileOne(file);
  }

  private transpileOne(file: string): void {
    const path = join(this.root, file);
    const output = join(this.root, 'dist', file.replace(/\.ts$/, '.js'));
    if (!existsSync(path)) {
      rmSync(output, { force: true });
      return;
    }
    const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, esModuleInterop: true };
    writeFileSync(output, ts.transpileModule(readFileSync(path, 'utf8'), { compilerOptions: options }).outputText);
  }
}

const filesOf = (steps: readonly Step[]) => new Set(steps.flatMap(({ changes }) => Object.keys(changes)));

describe('the recipes of CONTRIBUTING.md', () => {
  let copy: Copy;
  before(() => {
    copy = new Copy();
  });
  after(() => rmSync(copy.root, { recursive: true, force: true }));

  for (const [name, { steps, tests, whole, proof }] of Object.entries(RECIPES)) {
    it(`${name}: all steps make it known everywhere`, () => {
      copy.apply(steps);
      try {
        const { failed, said } = copy.check(steps, [...tests, ...whole], 'whole');
        assert.ok(!failed, said.slice(-4000));
        assert.equal(copy.run(process.execPath, '-e', proof).stdout.trim(), 'known');
      } finally {
        copy.restore(steps);
      }
    });
    // Without the first step there is nothing that others could miss.
    for (const [i, step] of steps.entries()) {
      if (i === 0) continue;
      it(`${name}: ${step.name}, left out, is named`, () => {
        const rest = steps.filter((one) => one !== step);
        copy.apply(rest);
        try {
          const { failed, said } = copy.check(rest, tests, 'changed');
          assert.ok(failed, 'nothing fails');
          assert.match(said, step.missed);
        } finally {
          copy.restore(steps);
        }
      });
    }
  }
});
