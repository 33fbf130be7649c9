import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { allCommands } from '../../lib/model/commands';
import { storeFiles } from '../../lib/model/data-files';
import { knownTo, productOf } from '../../lib/model/version';
import { until } from '../until';
import { type ModelNode, modelNode } from './node';

/** Words that have hurt programs before, and those that mean something to this one. */
const words = fc.oneof(
  fc.constantFrom(
    '',
    '-',
    '--',
    '-x',
    '--x=',
    '-1',
    '0',
    '1e9',
    'null',
    'true',
    '/',
    '//',
    '..',
    '../..',
    '%s',
    '\\',
    '#',
    '*',
  ),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    '{',
    '[',
    '[]',
    '{}',
    '"',
    "'",
    '{"a":1}',
    '[1,"a"]',
    'a: [',
    '\u0000',
  ),
  fc.constantFrom(
    'all',
    'base',
    'primary',
    'dea',
    'redis',
    'data-services',
    'microcloud',
    'load_balancer',
    'cluster',
    'node',
    'local',
  ),
  fc.constantFrom(
    'mysql_node',
    'router2g',
    'fence',
    'mysql/port',
    'drains',
    '127.0.0.1',
    '10.255.255.1',
    '999.1.1.1',
    'é',
    '日本',
    '🔥',
  ),
  fc.constantFrom('/etc', '/nonexistent', '/home/stackato', '/var/stackato/services', '/var/stackato/services/mysql'),
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constant('x'.repeat(100_000)),
);
/** What would leave the node for good, or takes long by nature. */
const apart = /^(node attach|attach|node reset|shell)$/;

for (const version of ['3.6', '3.0.1', '2.10.6', '2.6']) {
  describe(`any words to kato ${version}`, () => {
    const { version: parsed } = productOf(version);
    const commands = allCommands().filter((command) => knownTo(parsed, command) && !apart.test(command.words));
    const calls = fc.constantFrom(...commands).chain((command) => {
      const given = Object.values(command.flags ?? {}).map((flag) => {
        const name = fc.constantFrom(...[flag.long, flag.short].filter((one) => one !== undefined));
        return flag.value === undefined ? name.map((one) => [one]) : fc.tuple(name, words);
      });
      const { min = 0, max = min } = command;
      return fc.record({
        command: fc.constant(command.words.split(' ')),
        args: fc.array(words, { minLength: min, maxLength: Math.min(max, 4) }),
        flags: given.length > 0 ? fc.array(fc.oneof(...given), { maxLength: 2 }) : fc.constant([]),
        astray: fc.array(words, { maxLength: 1 }),
        stdin: words,
      });
    });
    let node: ModelNode;
    before(async () => {
      node = modelNode(version, { settings: { start: 0.01, hang: 0.01, dead: 0.01 } });
      node.boot();
      await node.ready();
      // A store has no file before the first change.
      await node.kato(`config ${productOf(version).grammar === 'flat' ? '--json' : 'set'} cluster x 1`);
    });
    after(() => node.remove());

    it('are answered, at once and by as many words as it takes', async () => {
      await fc.assert(
        fc.asyncProperty(calls, async ({ command, args, flags, astray, stdin }) => {
          const argv = [
            ...command,
            ...flags.flat(),
            ...args,
            ...(astray.length > 0 && args.length % 3 === 2 ? astray : []),
          ];
          // For ever is for ever.
          fc.pre(!argv.includes('--block') && !argv.includes('-b'));
          const said = await node.argv(argv, stdin);
          assert.ok(Number.isInteger(said.code) && said.code >= 0 && said.code <= 2);
          if (!productOf(version).honestExit) assert.equal(said.code, 0);
          assert.doesNotMatch(said.text, /\bundefined\b|\[object|TypeError|native code|\bat \w+ \(/);
        }),
        { numRuns: Number(process.env['FUZZ_RUNS'] ?? 60) },
      );
      // What was stored can be read, by the one who runs and the one who starts anew.
      JSON.parse(node.read(storeFiles(productOf(version)).config));
      await node.halt();
      node.boot();
      const list = productOf(version).grammar === 'flat' ? 'status' : 'process list';
      await until('it starts again', async () => !/cannot connect/.test((await node.kato(list)).text));
    });
  });
}

describe('any value in what a node reads of its config', () => {
  let node: ModelNode;
  before(async () => {
    node = modelNode('3.6', { settings: { start: 0.01, hang: 0.01 } });
    node.boot();
    await node.ready();
    await node.kato('role add redis');
  });
  after(() => node.remove());
  const keys = fc.constantFrom(
    ...[
      'redis_node port_range',
      'redis_node port_range/min',
      'redis_node /',
      'mysql_node mysql',
      'mysql_node mysql/port',
    ],
    ...[
      'mysql_node /',
      'mysql_gateway /',
      'mysql_gateway service',
      'logyard drains',
      'logyard /',
      'router2g custom_ssl',
    ],
    ...['cluster license', 'cluster endpoint', 'cluster /', 'cloud_controller_ng builtin_services', 'local /'],
  );
  const values = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(null, [], {}, -1, 1e9, 70_000, 'x', { min: 'x' }, { uri: 1 }),
  );
  const asks = [
    'status',
    'log drain list',
    'log drain status',
    'op custom_ssl_cert list',
    'license enable',
    'node update',
  ];

  it('leaves the node running', async () => {
    await fc.assert(
      fc.asyncProperty(keys, values, fc.constantFrom(...asks), async (key, value, ask) => {
        await node.argv(['config', 'set', '--json', '--force', ...key.split(' '), JSON.stringify(value)]);
        for (const line of ['restart redis mysql', ask, 'inspect']) {
          const said = await node.kato(line);
          assert.doesNotMatch(
            said.text,
            /\bundefined\b|\[object|TypeError|is not a function|connection refused$/,
            line,
          );
        }
        assert.doesNotMatch((await node.stackato('services')).text, /\bundefined\b|\[object|TypeError/);
        await node.stackato('create-service mysql');
        assert.match((await node.kato('process list nats_server')).text, /RUNNING/);
      }),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 25) },
    );
  });
});
