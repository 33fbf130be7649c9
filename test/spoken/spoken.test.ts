import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';
import { parse } from 'yaml';
import { parseCluster } from '../../lib/declaration/define';
import { explanations } from '../../lib/declaration/explain';
import { type Advice, advise } from '../../lib/kato/advice';
import { hasRole } from '../../lib/kato/role';
import { CORE_ROLES, ROLES } from '../../lib/kato/roles';
import { atLeast, KNOWN_VERSIONS } from '../../lib/kato/version';
import { bootCause } from '../../lib/operate/causes';
import { type Review, reviewPlan, rules } from '../../lib/review';
import { planTopology } from '../../lib/topology/plan';
import { stepTexts } from '../../lib/topology/text';
import { ROOT } from '../aws/synth';
import { version } from '../kato/version';
import { sources } from '../layers/layers';
import { CAUSE_CASES } from '../operate/causes';
import { RULE_CASES } from '../review/cases';
import { commandsIn, refusal } from './spoken';

const node = '10.0.0.20';
/** One of each kind; a kind that is missing here does not compile. */
const ADVICE: { readonly [Do in Advice['do']]: Extract<Advice, { do: Do }> } = {
  'list-nodes': { do: 'list-nodes' },
  'list-roles': { do: 'list-roles' },
  'list-processes': { do: 'list-processes' },
  'show-versions': { do: 'show-versions' },
  export: { do: 'export', file: "before 'x'.tgz" },
  import: { do: 'import', file: 'before.tgz' },
  retire: { do: 'retire', node },
  'remove-node': { do: 'remove-node', node, dead: true },
  'follow-core': { do: 'follow-core', core: '10.0.0.11', before: '10.0.0.10', roles: ['mysql', 'redis'] },
  'move-core': { do: 'move-core', before: '10.0.0.10', after: '10.0.0.11' },
  upgrade: { do: 'upgrade' },
  set: { do: 'set', component: 'dea_ng', key: 'a/b', value: '{"x": 1}', type: 'json' },
  'set-secret': { do: 'set-secret', component: 'mysql_node', key: 'mysql/pass' },
  unset: { do: 'unset', component: 'dea_ng', key: 'a/b' },
  maintenance: { do: 'maintenance', on: true },
  'add-roles': { do: 'add-roles', node, roles: ['mysql', 'redis'] },
  'remove-roles': { do: 'remove-roles', node, roles: ['mysql'] },
  'role-remove': { do: 'role-remove', role: 'mdns' },
  restart: { do: 'restart', process: 'postgresql_node' },
  start: { do: 'start' },
  stop: { do: 'stop' },
  relocate: { do: 'relocate', what: 'services', directory: '/mnt/stackato/services' },
};

/** Advice on every role that a node of the version may have, by its name in a manifest. */
function ofRoles(text: string): Advice[] {
  const known = ROLES.map(({ role }) => role).filter(({ name }) => isIn(text, name));
  const names = known.filter(({ placement }) => placement !== 'implied').map(({ name }) => name);
  return [
    ...names.map((role): Advice => ({ do: 'restart', role })),
    ...names.map((role): Advice => ({ do: 'role-remove', role })),
    { do: 'add-roles', node, roles: names },
    { do: 'remove-roles', node, roles: names },
    { do: 'follow-core', core: '10.0.0.11', before: '10.0.0.10', roles: names },
  ];
}

const refused = (of: string, commands: readonly string[]) => commands.flatMap((one) => refusal(of, one) ?? []);

/** A plan as a cluster of another version would have it: without roles that the version lacks. */
function ofVersion(plan: unknown, text: string): unknown {
  const changed = JSON.stringify(plan, (key, value: unknown) => {
    if (key === 'roles' && Array.isArray(value)) return value.filter((role) => isIn(text, String(role)));
    return typeof value === 'object' && value !== null && 'hostname' in value && 'nodes' in value && key !== ''
      ? { ...value, version: text }
      : value;
  });
  return JSON.parse(changed);
}

/** Manifests name roles as later versions do; those of the user's own are in every version. */
function isIn(text: string, name: string): boolean {
  const role = ROLES.find((word) => word.role.name === name)?.role;
  return !role || hasRole(version(text), role) || CORE_ROLES.includes(name);
}

/** All that a review tells a person to type, or names as a command. */
function spokenIn({ findings, impacts }: Review): string[] {
  const steps = findings.flatMap((f) => f.remedy);
  const texts = [
    ...findings.flatMap((f) => [f.statement, ...f.consequences, f.safer ?? '']),
    ...steps.map(({ text }) => text),
    ...impacts.flatMap(({ what, howLong }) => [what, howLong]),
  ];
  const commands = steps.flatMap(({ command }) => (command?.startsWith('kato ') ? [command] : []));
  return [...new Set([...commands, ...texts.flatMap(commandsIn)])];
}

/** A cluster of the repository as one of another version; nothing where it has roles that the version lacks. */
function declared(name: string, text: string) {
  const yaml = readFileSync(join(ROOT, 'stacks', `${name}.yaml`), 'utf8').replace(
    /^version: .*/m,
    `version: "${text}"`,
  );
  const licensed = atLeast(version(text), '3.4') ? yaml : yaml.replace(/^license.*\n/gm, '');
  const parsed = parseCluster(parse(licensed));
  if ('spec' in parsed) return parsed.spec;
  const other = parsed.problems.filter(({ message }) => !/has no (?:role|placement)/.test(message));
  assert.deepEqual(other, [], name);
  return undefined;
}

describe('what a person is told to type', () => {
  for (const text of KNOWN_VERSIONS) {
    it(`is known to kato ${text}, or is said in words`, () => {
      const given = [...Object.values(ADVICE), ...ofRoles(text)].map(
        (advice) => [advice.do, advise(version(text), advice)] as const,
      );
      const commands = given.flatMap(([, { command }]) => command ?? []);
      assert.deepEqual(refused(text, commands), []);
      for (const [kind, { command, note }] of given) assert.ok(command ?? note, `${kind}: nothing is said`);
    });
    it(`in every review of a cluster of ${text} is known to it`, () => {
      const plans = RULE_CASES.map(({ fires, diagnostics }) => [fires, diagnostics] as const);
      const spoken = plans.flatMap(([plan, diagnostics]) =>
        spokenIn(reviewPlan(ofVersion(plan, text), { diagnostics })),
      );
      assert.ok(new Set(spoken).size >= 12, String(new Set(spoken).size));
      assert.deepEqual(refused(text, [...new Set(spoken)]), []);
    });
    it(`for a node of ${text} that does not boot is known to it`, () => {
      const context = { target: 'c.yaml', cloud: 'aws', version: text, nodes: [] };
      const remedies = CAUSE_CASES.map(
        ([why]) => bootCause({ node: 'n', boot: { state: 'failed', stage: 's', why } }, context)!.next,
      );
      const spoken = remedies.flatMap(commandsIn);
      assert.ok(spoken.length >= 5);
      assert.deepEqual(refused(text, spoken), []);
    });
    it(`at the boots of ${text}, as show prints them, is known to it`, () => {
      let clusters = 0;
      for (const name of ['mvp', 'three-node', 'five-node', 'twenty-node']) {
        const spec = declared(name, text);
        if (!spec) continue;
        clusters += 1;
        const { core, pools } = planTopology(spec);
        const lines = [core, ...Object.values(pools)].flatMap((pool) => stepTexts(text, pool.boot));
        const typed = lines.flatMap((line) => /^(?:until )?(kato .*?)(?:; do sleep 3; done)?$/.exec(line)?.[1] ?? []);
        assert.ok(typed.length > 5);
        assert.deepEqual(refused(text, typed), [], name);
      }
      assert.ok(clusters >= 3);
    });
  }
  it('names no command in explanations: they are of no version', () => {
    const texts = [
      ...rules.flatMap(({ explain }) => Object.values(explain) as string[]),
      ...explanations.flatMap(({ remedy }) => [remedy]),
    ];
    assert.deepEqual(texts.flatMap(commandsIn), []);
  });
  it('in the documentation is known to the newest version', () => {
    const pages = readdirSync(join(ROOT, 'docs')).filter(
      (page) => !['model.md', 'faults.md', 'facts.md'].includes(page),
    );
    const files = [...pages.map((page) => join('docs', page)), 'README.md', 'CONTRIBUTING.md'];
    const spoken = files.flatMap((file) => {
      const text = readFileSync(join(ROOT, file), 'utf8');
      const code = [...text.matchAll(/`(kato [a-z][^`]*)`/g)].map((m) => m[1]!);
      const typed = [...text.matchAll(/^\s*(?:\$ )?(kato [a-z].*)$/gm)].map((m) => m[1]!);
      return [...code, ...typed].map((command) => [file, command] as const);
    });
    const wrong = spoken.flatMap(([file, command]) => {
      const said = refusal('3.6', command);
      // A page may name a command without its arguments.
      return said === undefined || /usage: kato/.test(said) ? [] : [`${file}: ${said}`];
    });
    assert.deepEqual(wrong, []);
  });
  it('is made of typed commands, and written out nowhere', () => {
    // The boot's own shell and the rehearsal, which asks the model, are held to the grammar by boots.
    const theirs = /^lib\/(kato|model|rehearsal|lab)\//;
    const written = sources(ROOT, ['lib', 'bin', 'stacks'])
      .filter(([file]) => !theirs.test(file))
      .flatMap(([file, text]) => literalsOf(file, text).map((literal) => `${file}: ${literal}`));
    assert.deepEqual(
      written.filter((line) => WORDS.test(line)),
      [],
    );
  });
});

/** First words of commands, as a person would type them; `kato config` and the like also stand in prose about the product. */
const WORDS =
  /(?<![\w-])kato (?:node|role|process|data|log|op|status|start|stop|restart|attach|enable|disable|export|import|config (?:set|get|del|push|pop|--)|license (?:set|enable))\b/;

function literalsOf(file: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found;
}
