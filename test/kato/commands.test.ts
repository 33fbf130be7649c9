import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { katoWords, knowsAction } from '../../lib/kato/commands';
import type { KatoAction } from '../../lib/kato/step';
import { KNOWN_VERSIONS } from '../../lib/kato/version';
import { stepTexts } from '../../lib/topology/text';
import { version } from './version';

const VERSIONS = ['2.2', '2.6', '2.8', '2.10', '3.0', '3.2', '3.4', '3.6'] as const;
const NEW = ['2.8', '2.10', '3.0', '3.2', '3.4', '3.6'];
const OLD = ['2.2', '2.6'];
const password = { hole: 'secret', name: 'pw' } as const;
const user: KatoAction = { do: 'first-user', email: 'o@e.org', organization: 'Acme', password };

/** What an operator types, from the vendor's references (facts §2.2 to §2.5), by version; a version in no line cannot do it. */
const TABLE: readonly [KatoAction, ...[versions: readonly string[], words: string][]][] = [
  [{ do: 'ready' }, [OLD, 'ready'], [NEW, 'process ready all']],
  [{ do: 'rename', hostname: 'p.e.org' }, [OLD, 'rename p.e.org'], [NEW, 'node rename p.e.org --no-restart']],
  [{ do: 'setup-core', hostname: 'p.e.org' }, [OLD, 'setup core api.p.e.org'], [NEW, 'node setup core api.p.e.org']],
  [
    { do: 'attach', roles: ['dea', 'mysql'] },
    [OLD, 'attach -e dea,mysql ‹core›'],
    [NEW, 'node attach -e dea,mysql ‹core›'],
  ],
  [{ do: 'attach', roles: [] }, [OLD, 'attach ‹core›'], [NEW, 'node attach ‹core›']],
  [{ do: 'role-add', roles: ['stager', 'dea'] }, [OLD, 'enable stager dea'], [NEW, 'role add stager dea']],
  [{ do: 'role-remove', role: 'mdns' }, [OLD, 'disable mdns'], [NEW, 'role remove mdns']],
  [
    { do: 'config', component: 'dea_ng', key: 'a/b', value: 'x', type: 'string' },
    [OLD, 'config --json dea_ng a/b "x"'],
    [NEW, 'config set dea_ng a/b x'],
  ],
  [
    { do: 'config', component: 'dea_ng', key: 'a/b', value: '85', type: 'json' },
    [OLD, 'config --json dea_ng a/b 85'],
    [NEW, 'config set --json dea_ng a/b 85'],
  ],
  // What kato would take for a number, a switch, a list or an option is said to be text (facts §2.5; H).
  ...['85', '-1', 'true', 'null', '[x', '{a', '-p', '"q"', "'q'", '', ' a'].map((value): (typeof TABLE)[number] => [
    { do: 'config', component: 'c', key: 'k', value, type: 'string' },
    [OLD, `config --json c k ${JSON.stringify(value)}`],
    [NEW, `config set --json c k ${JSON.stringify(value)}`],
  ]),
  [
    { do: 'config', component: 'c', key: 'k', value: password, type: 'string' },
    [OLD, 'config --json c k "‹pw›"'],
    [NEW, 'config set --json c k "‹pw›"'],
  ],
  [{ do: 'restart', role: 'mysql' }, [[...OLD, ...NEW], 'restart mysql']],
  [
    { do: 'restart', process: 'postgresql_node' },
    [[...OLD, '2.8', '2.10'], 'restart postgresql_node'],
    [['3.0', '3.2', '3.4', '3.6'], 'process restart postgresql_node'],
  ],
  [{ do: 'stop' }, [[...OLD, ...NEW], 'stop']],
  [{ do: 'start' }, [[...OLD, ...NEW], 'start']],
  [{ do: 'relocate', what: 'services', directory: '/mnt/s' }, [['2.6', ...NEW], 'relocate services /mnt/s']],
  [{ do: 'license-set', license: 'key' }, [['3.4', '3.6'], 'license set key']],
  [{ do: 'license-enable' }, [['3.4', '3.6'], 'license enable']],
  [
    user,
    [['2.10'], 'node setup firstuser o@e.org -p ‹pw›'],
    [['3.0', '3.2', '3.4', '3.6'], 'node setup firstuser -p ‹pw› -u o@e.org o@e.org Acme'],
  ],
  [{ ...user, space: 'dev' }, [['3.0', '3.6'], 'node setup firstuser -p ‹pw› -u o@e.org -s dev o@e.org Acme']],
  [{ do: 'availability-zone', zone: 'a' }, [['3.2', '3.4', '3.6'], 'node availabilityzone a']],
  [{ do: 'placement-zone', zone: 'gold' }, [['3.2', '3.4', '3.6'], 'node placementzones add gold']],
  [{ do: 'setup-load-balancer' }, [['3.0', '3.2', '3.4', '3.6'], 'node setup load_balancer --force']],
];

const typed = (of: string, action: KatoAction) =>
  katoWords(version(of), action)
    .map((w) =>
      [w]
        .flat()
        .map((p) => (typeof p === 'string' ? p : p.hole === 'secret' ? `‹${p.name}›` : '‹core›'))
        .join(''),
    )
    .join(' ');

describe('what is said to kato', () => {
  for (const [action, ...lines] of TABLE) {
    for (const [versions, words] of lines) {
      for (const of of versions) it(`${of}: kato ${words}`, () => assert.equal(typed(of, action), words));
    }
  }
  for (const [action, ...lines] of TABLE.filter(([a]) => a.do !== 'attach' && !('space' in a))) {
    it(`${action.do} is known exactly to the versions of the table`, () => {
      const known = VERSIONS.filter((of) => knowsAction(version(of), action.do));
      assert.deepEqual(
        known,
        VERSIONS.filter((of) => lines.some(([versions]) => versions.includes(of))),
      );
    });
  }
  it('has a line for every action', () => {
    const actions: Record<KatoAction['do'], true> = {
      ready: true,
      rename: true,
      'setup-core': true,
      attach: true,
      'role-add': true,
      'role-remove': true,
      config: true,
      restart: true,
      stop: true,
      start: true,
      relocate: true,
      'license-set': true,
      'license-enable': true,
      'first-user': true,
      'availability-zone': true,
      'placement-zone': true,
      'setup-load-balancer': true,
    };
    assert.deepEqual([...new Set(TABLE.map(([a]) => a.do))].sort(), Object.keys(actions).sort());
  });
  it('is refused where a version cannot do it', () => {
    for (const [action] of TABLE) {
      for (const of of OLD)
        if (!knowsAction(version(of), action.do) && action.do !== 'relocate')
          assert.throws(() => typed(of, action), /has no command/);
    }
  });
  it('keeps a text a text where 2.6 wants JSON', () => {
    const action = (value: string): KatoAction => ({ do: 'config', component: 'c', key: 'k', value, type: 'string' });
    assert.equal(katoWords(version('2.6'), action('a "b" \\')).at(-1), '"a \\"b\\" \\\\"');
  });
  it('reads for people as it was, in every version', () => {
    for (const of of KNOWN_VERSIONS) {
      assert.deepEqual(
        stepTexts(of, [
          { stage: 'x', action: { do: 'stop' } },
          { stage: 'x', action: { do: 'reboot' } },
        ]),
        ['kato stop', 'sudo reboot'],
      );
    }
  });
});
