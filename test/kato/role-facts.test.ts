import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { commonFacts, WORST_CASE } from '../../lib/kato/facts';
import { defineRole } from '../../lib/kato/own-role';
import { factsOf, keptBy, mayKeep } from '../../lib/kato/role';
import { mysql, ROLES } from '../../lib/kato/roles';
import { version } from './version';

const search = (more: object = {}) =>
  defineRole({
    name: 'search',
    options: z.strictObject({}),
    body: () => ({ title: 'search', processes: ['search_node'], ports: [], ...more }),
  })({}).role;

describe('facts of roles', () => {
  it('say of every role of the product what it keeps, whom it serves and who stands in', () => {
    for (const { role } of ROLES) {
      assert.ok(role.keeps !== undefined || role.keepsOnCore !== undefined, `${role.name}: what it keeps is not said`);
      assert.ok(role.serves, `${role.name}: whom it serves is not said`);
      assert.notEqual(role.standIn, undefined, `${role.name}: whether others stand in is not said`);
      const data = keptBy(role);
      if (data) assert.ok(data.what, `${role.name}: its data has no words`);
    }
  });
  it('are the worst case where a role of your own says nothing', () => {
    const { keeps, serves, standIn } = factsOf(version('3.6'), search());
    assert.deepEqual({ keeps, serves, standIn }, { keeps: undefined, serves: WORST_CASE.serves, standIn: false });
  });
  it('are what a role of your own says', () => {
    const kept = { directory: '/var/search', relocate: 'services', what: 'search indexes' };
    const facts = factsOf(
      version('3.6'),
      search({ keeps: kept, standIn: true, serves: 'app traffic', restart: 'process' }),
    );
    assert.equal(facts.keeps, 'search indexes');
    assert.deepEqual([facts.standIn, facts.serves, facts.restart], [true, 'app traffic', 'process']);
    assert.equal(factsOf(version('3.6'), search({ keeps: 'nothing' })).keeps, 'nothing');
    const unnamed = { directory: '/var/search', relocate: 'services' };
    assert.equal(factsOf(version('3.6'), search({ keeps: unnamed })).keeps, 'data of role search');
  });
  it('of a role that two pools have otherwise are the worse of both', () => {
    const one = factsOf(version('3.6'), search({ keeps: 'nothing', standIn: true }));
    const other = factsOf(version('3.6'), search({ processes: ['more'] }));
    const both = commonFacts(one, other);
    assert.deepEqual([both.keeps, both.standIn, both.processes], [undefined, false, ['more', 'search_node']]);
    assert.deepEqual(commonFacts(one, one), one);
  });
  it('are the same whichever of both comes first', () => {
    const port = (first: number) => ({ ports: [first, first], from: 'all', why: 'x', sure: 'L' });
    const one = factsOf(
      version('3.6'),
      search({ serves: 'other nodes', restart: 'process', ports: [port(2), port(1)] }),
    );
    const other = factsOf(
      version('3.6'),
      search({ serves: 'app traffic', restart: 'role', ports: [port(1), port(3)] }),
    );
    const both = commonFacts(one, other);
    assert.deepEqual(both, commonFacts(other, one));
    assert.deepEqual([both.serves, both.restart, both.ports.length], ['app traffic', 'role', 3]);
    const placed = commonFacts({ ...one, placement: 'alone' }, { ...other, placement: 'any' });
    assert.deepEqual(
      [placed, placed.placement],
      [commonFacts({ ...other, placement: 'any' }, { ...one, placement: 'alone' }), 'any'],
    );
  });
  it('say what every node keeps beside what only the core keeps', () => {
    const kept = { directory: '/var/search', relocate: 'services', what: 'search indexes' };
    const facts = (more: object) => factsOf(version('3.6'), search({ keepsOnCore: 'snapshots', ...more }));
    const { keeps, keptOn } = facts({ keeps: kept });
    assert.deepEqual([keeps, keptOn], ['search indexes, and on the core snapshots', undefined]);
    for (const more of [{}, { keeps: 'nothing' }])
      assert.deepEqual([facts(more).keeps, facts(more).keptOn], ['snapshots', 'core']);
  });
  it('count data as kept where that is not said', () => {
    const kept = { directory: '/var/search', relocate: 'services' };
    assert.deepEqual(
      [{}, { keeps: kept }, { keeps: 'nothing' }, { keepsOnCore: 'x' }, { keepsOnCore: 'x', keeps: kept }].map((more) =>
        mayKeep(search(more)),
      ),
      [true, true, false, false, true],
    );
  });
  it('know the ports of the version only', () => {
    const ports = (text: string) => factsOf(version(text), mysql.role).ports.map(({ ports: [first] }) => first);
    assert.deepEqual(ports('3.6'), [3306, 41000, 5454]);
  });
});
