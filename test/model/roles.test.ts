import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InputError } from '../../lib/base/input';
import { ROLES } from '../../lib/kato/roles';
import { roles } from '../../lib/model/roles';
import { refuseRoles } from '../../lib/rehearsal/refusals';
import { manifest } from '../review/fixtures';

/** Roles of the product that the model leaves out, each with the reason; a rehearsal of a node with one is refused. */
const NOT_IN_MODEL: Readonly<Record<string, string>> = {};

describe('the roles of the model', () => {
  it('are those of the product, or are known to be missing', () => {
    const modelled = new Set(roles.map(({ name }) => name));
    const missing = ROLES.map(({ role }) => role.name).filter((name) => !modelled.has(name));
    const untold = missing.filter((name) => !Object.hasOwn(NOT_IN_MODEL, name));
    const what = `add them to lib/model/roles.ts, or to NOT_IN_MODEL in test/model/roles.test.ts: ${untold.join(' ')}`;
    assert.deepEqual(untold, [], what);
    assert.deepEqual(
      Object.keys(NOT_IN_MODEL).filter((name) => !missing.includes(name)),
      [],
    );
  });
  it('refuse a rehearsal of one that they lack, and of no other node', () => {
    const all = manifest({ nodes: { 'data-1': { roles: ['base', 'rabbit3'] } }, more: { version: '2.10' } });
    const error = (() => {
      try {
        refuseRoles(all, new Set(['core', 'data-1']));
      } catch (thrown) {
        return thrown as InputError;
      }
      return undefined;
    })();
    assert.ok(error instanceof InputError);
    assert.match(error.problems[0]!.message, /not in the model of kato 2\.10.*--nodes/);
    assert.doesNotThrow(() => refuseRoles(all, new Set(['core', 'dea-1'])));
    assert.doesNotThrow(() => refuseRoles(manifest(), new Set(Object.keys(manifest().nodes))));
    const own = manifest({ nodes: { 'data-1': { roles: ['base', 'elasticsearch'] } } });
    assert.doesNotThrow(() => refuseRoles(own, new Set(['data-1'])));
  });
});
