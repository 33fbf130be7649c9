import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { namesIn } from '../../lib/kato/commands';
import { impliedIn, shownBy } from '../../lib/rehearsal/generations';
import { advance, type Progress, readConsole } from '../../lib/rehearsal/timeline/stages';
import { nodeProblems, readNodeList, readStatus } from '../../lib/rehearsal/verdict';
import { version } from '../kato/version';

const stage = (name: string, state: string, error?: string) =>
  `stackato-node: ${JSON.stringify({ stage: name, state, seconds: 1, error })}`;
const host = (event: string, detail = {}) => `stackato-host: ${JSON.stringify({ event, ...detail })}`;
const after = (lines: readonly string[]) =>
  lines.reduce((p: Progress, line) => advance(p, readConsole(line)), { stages: [] });

describe('a console', () => {
  const ends: readonly [string, readonly string[], Progress['end']][] = [
    ['is open while stages run', [stage('attach', 'started'), stage('attach', 'done')], undefined],
    ['ends well with the boot', [stage('attach', 'started'), stage('attach', 'done'), stage('boot', 'done')], {}],
    ['stays ended when the host goes on', [stage('boot', 'done'), host('end')], {}],
    [
      'ends with the error of the boot',
      [stage('attach', 'failed', 'no bus'), stage('boot', 'failed', 'attach: no bus')],
      { error: 'attach: no bus' },
    ],
    [
      'ends with the error of the stage',
      [stage('attach', 'failed', 'no bus'), stage('boot', 'failed')],
      { error: 'attach: no bus' },
    ],
    ['is open after a failed attempt', [stage('attach', 'retry', 'no bus')], undefined],
    [
      'ends badly when the scripts end in the middle',
      [stage('attach', 'started'), host('end')],
      { error: 'the scripts ended without reporting the end of the boot' },
    ],
    [
      'ends badly without any script',
      [host('user-data'), host('end')],
      { error: 'the scripts ended without reporting the end of the boot' },
    ],
    ['ends well when a later boot has nothing to do', [host('per-boot', { code: 0 }), host('end')], {}],
    [
      'ends badly when a later boot fails at once',
      [host('per-boot', { code: 1 }), host('end')],
      { error: 'the scripts ended without reporting the end of the boot' },
    ],
    ['takes broken lines as text', ['stackato-node: {"stage":"att', 'hello', stage('attach', 'nonsense')], undefined],
  ];
  for (const [what, lines, end] of ends) it(what, () => assert.deepEqual(after(lines).end, end));

  it('keeps the last state of each stage', () => {
    const { stages } = after([
      stage('a', 'started'),
      stage('a', 'retry', 'x'),
      stage('a', 'done'),
      stage('b', 'started'),
    ]);
    assert.deepEqual(
      stages.map((s) => `${s.stage} ${s.state}`),
      ['a done', 'b started'],
    );
  });
});

describe('a stage that reboots', () => {
  it('ends with the reboot, and no other stage does', () => {
    const { stages } = after([stage('mdns', 'started'), stage('reboot', 'started'), host('reboot')]);
    assert.deepEqual(
      stages.map((s) => `${s.stage} ${s.state}`),
      ['mdns started', 'reboot done'],
    );
  });
});

describe('a verdict', () => {
  const list = readNodeList('10.0.0.10        base primary controller router\n10.0.0.11 base dea\nkato: nonsense\n');
  const status = readStatus(
    '10.0.0.10\n    base            READY\n    primary         READY\n    controller      READY\n    router          READY\n    dea             --\n10.0.0.11\n    base            READY\n    dea             FATAL (dea_ng: port 9022)\n',
  );
  const problems = (address: string, roles: readonly string[]) =>
    nodeProblems(roles, list.get(address), status.get(address), address === '10.0.0.10' ? impliedIn('3.6') : undefined);

  it('is content with what was asked for', () =>
    assert.deepEqual(problems('10.0.0.10', ['primary', 'controller', 'router']), []));
  it('names roles that are missing, too many or not well', () => {
    assert.deepEqual(problems('10.0.0.10', ['primary', 'stager']), ['lacks stager']);
    assert.deepEqual(problems('10.0.0.11', []), ['has dea, which is not declared', 'dea is FATAL (dea_ng: port 9022)']);
  });
  it('names a node that is not there', () =>
    assert.deepEqual(problems('10.0.0.12', ['dea']), ['not in kato node list']));
});

describe('what a core shows of its cluster', () => {
  const answers: Readonly<Record<string, string>> = {
    'kato node list': '10.0.0.10 base primary controller router\n',
    'kato status --all': '10.0.0.10\n    base   READY\n    dea    --\n',
    'kato status': '10.0.0.10\n    base   READY\n    cloud_controller   READY\n    stager   READY\n',
  };
  const asked: string[] = [];
  const say = (line: string) => {
    asked.push(line);
    return Promise.resolve(answers[line] ?? 'kato: unknown command');
  };

  it('is its list of nodes, and before 2.10.4 its status', async () => {
    for (const version of ['3.6', '2.10']) {
      const { list, status } = await shownBy(version, say);
      assert.deepEqual(list.get('10.0.0.10'), ['base', 'primary', 'controller', 'router']);
      assert.deepEqual([...status.get('10.0.0.10')!.keys()], ['base']);
    }
    asked.length = 0;
    const { list, status: states } = await shownBy('2.6', async (line) => {
      asked.push(line);
      return line === 'kato status'
        ? '10.0.0.10\n    logyard   RUNNING\n    systail   RUNNING\n    cloud_events   RUNNING\n    stager   FATAL (lost the core)\n    apptail   RUNNING\n'
        : 'Node: 10.0.0.10\nAssigned roles\n    base\n    stager\nAvailable roles\n    dea\n';
    });
    assert.deepEqual(list.get('10.0.0.10'), ['base', 'stager']);
    assert.deepEqual(
      [...states.get('10.0.0.10')!],
      [
        ['base', 'READY'],
        ['stager', 'FATAL (lost the core)'],
      ],
    );
    assert.deepEqual(asked, ['kato status', 'kato info -n 10.0.0.10']);
  });
  it('is expected by the names of its version', () => {
    const named = (text: string) => namesIn(version(text), ['primary', 'controller', 'router']);
    assert.deepEqual(named('3.6'), ['primary', 'controller', 'router']);
    assert.deepEqual(named('2.10.4'), ['primary', 'controller', 'router']);
    assert.deepEqual(named('2.10.3'), ['cloud_controller', 'health_manager', 'router']);
    assert.deepEqual(named('2.6'), ['cloud_controller', 'health_manager', 'router']);
    assert.ok(impliedIn('2.10').includes('stager') && !impliedIn('3.0').includes('stager'));
  });
});
