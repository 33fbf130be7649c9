import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { behaviours } from '../../lib/model/behaviours';
import { allCommands, commandsFor } from '../../lib/model/commands';
import { edges } from '../../lib/model/edges';
import { wrongUser } from '../../lib/model/privilege';
import { roles } from '../../lib/model/roles';
import { ROOT } from '../aws/synth';
import { proves } from './proves';

describe('the behaviours of the model', () => {
  const proven = ['model', 'rehearsal']
    .map((name) => join(ROOT, 'test', name))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((file) => file.endsWith('.test.ts'))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\bproves\(\s*'([\w-]+)'/g)])
    .map((match) => match[1]!);

  it('are each proven by a test', () => {
    assert.deepEqual(
      Object.keys(behaviours).filter((id) => !proven.includes(id)),
      [],
    );
  });
  it('name a section and how sure it is, as commands, roles and connections do', () => {
    for (const [id, { facts, sure }] of Object.entries(behaviours)) {
      assert.match(facts, /^(\d|S\d)/, id);
      assert.match(sure, /^[HML]/, id);
    }
    for (const { facts } of [...allCommands(), ...edges, ...roles]) assert.match(facts, /^\d+[.-]?[\d-]*/);
  });
  it('lose no command to the way commands are loaded', () => {
    for (const command of allCommands()) {
      const word = command.words.split(' ')[0]!;
      const likely = commandsFor(word).map(({ words }) => words);
      assert.ok(likely.length === 0 || likely.includes(command.words), command.words);
    }
  });
  it('connect from and to what there is', () => {
    const processes = new Set(roles.flatMap((role) => role.processes.map((process) => process.name)));
    const open = new Set([
      22,
      9001,
      9026,
      ...roles.flatMap((r) => r.processes.flatMap((p) => [...p.ports, ...(p.range ?? [])])),
    ]);
    for (const edge of edges) {
      for (const name of edge.from) assert.ok(name === 'kato' || processes.has(name), name);
      assert.ok(['core', 'all'].includes(edge.to) || roles.some((role) => role.name === edge.to), edge.to);
      for (const port of edge.ports) assert.ok(open.has(port), `${edge.to}:${port}`);
    }
  });

  proves('user', () => {
    assert.match(wrongUser(0, '1')!, /must not be run as root/);
    assert.match(wrongUser(1500, undefined)!, /needs a login shell/);
    assert.equal(wrongUser(1500, '1'), undefined);
  });
});
