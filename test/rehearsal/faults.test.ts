import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { InputError } from '../../lib/base/input';
import type { NodeResult } from '../../lib/rehearsal/contract';
import { POWER } from '../../lib/rehearsal/faults/contract';
import { drawFaults, fits } from '../../lib/rehearsal/faults/draw';
import { faults } from '../../lib/rehearsal/faults/index';
import { katoWrapper } from '../../lib/rehearsal/faults/kato';
import { everyPlace, packed } from '../../lib/rehearsal/faults/matrix';
import { outcomeOf } from '../../lib/rehearsal/faults/outcome';
import { faultNodes, faultText, parseFaults, placesOf } from '../../lib/rehearsal/faults/place';
import { shorten, stagesOf } from '../../lib/rehearsal/faults/stages';
import type { ClusterSource, NodeSource } from '../../lib/rehearsal/source/source';

const script = `#!/bin/sh
s_ready() {
  ready process ready all
}
s_disk() {
  disk 1 /mnt
}
s_core() {
  port 4222 'message bus'
}
s_database() {
  DB_host=$(db apps host) || exit 1
  k config set mysql_node mysql/host "$DB_host"
}
stage ready 1200
stage disk 600
stage core 2400
stage database 3600
: >$D/done/boot; say boot done
`;
const node = (name: string, rest: Partial<NodeSource> = {}): NodeSource => ({
  name,
  address: '10.0.0.10',
  zone: 'a',
  instanceId: `i-${name}`,
  userData: Buffer.from(script),
  disks: [{ gib: 1, device: '/dev/xvdf' }],
  role: 'node',
  ...rest,
});
const cluster: ClusterSource = {
  nodes: [node('core'), node('data-1'), node('dea-1', { disks: [] })],
  databases: [{ host: 'apps.example.com', port: 3306 }],
};
const nodes = faultNodes(cluster, '3.6', 'core');

describe('the stages of user data', () => {
  it('are read with their bodies, packed or not', () => {
    for (const userData of [Buffer.from(script), gzipSync(script)]) {
      const stages = stagesOf(userData);
      assert.deepEqual([...stages.keys()], ['ready', 'disk', 'core', 'database']);
      assert.match(stages.get('core')!, /^ {2}port 4222/);
    }
    assert.equal(stagesOf(Buffer.from('#cloud-config\n')).size, 0);
  });
  it('get shorter limits and no other byte', () => {
    const short = shorten(gzipSync(script), 30);
    assert.equal(gunzipSync(short).toString(), script.replace(/(stage \w+) \d+/g, '$1 30'));
    assert.equal(shorten(Buffer.from(script), 1000).toString().match(/ 600$/m)?.length, 1, 'never longer ones');
  });
});

describe('faults', () => {
  it('have names of their own, a sentence, and a moment that exists', () => {
    assert.equal(new Set(faults.map(({ id }) => id)).size, faults.length);
    for (const fault of faults) {
      assert.match(fault.id, /^[a-z]+(-[a-z]+)*$/);
      assert.match(fault.about, /^[^.]{10,}[^.]$/);
      for (const { moment } of placesOf(fault, nodes)) assert.ok(moment === POWER || nodes[0]!.stages.has(moment));
    }
  });
  it('are read from words, with the first place where none is given', () => {
    const text = (word: string) => parseFaults([word], nodes).map(faultText)[0];
    assert.equal(text('link-down'), 'link-down:core@ready');
    assert.equal(text('power-cut:dea-1@core'), 'power-cut:dea-1@core');
    assert.equal(text('core-restart:dea-1+95'), 'core-restart:dea-1@ready+95');
    assert.equal(text('disk-late:data-1'), 'disk-late:data-1@power');
    for (const fault of faults)
      for (const place of placesOf(fault, nodes)) assert.deepEqual(parseFaults([faultText(place)], nodes), [place]);
  });
  it('say everything that is wrong with words at once, with what is near', () => {
    const words = [
      'link-dwon',
      'link-down:dae-1',
      'link-down:core@cor',
      'no-core:core',
      'kato-lies',
      'reboot+86401',
      'a@b:c',
    ];
    assert.throws(
      () => parseFaults(words, nodes),
      (error: InputError) => {
        assert.ok(error instanceof InputError);
        assert.equal(error.problems.length, words.length);
        const [fault, name, moment, where, nowhere, long] = error.problems.map(({ message }) => message);
        assert.match(fault!, /unknown fault "link-dwon"; did you mean "link-down"/);
        assert.match(name!, /unknown node "dae-1"; did you mean "dea-1"/);
        assert.match(moment!, /cannot hit at "cor"; did you mean "core"/);
        assert.match(where!, /no-core cannot hit core; write one of data-1, dea-1/);
        assert.match(nowhere!, /can hit no node of this cluster/);
        assert.match(long!, /"reboot\+86401" lasts longer than a day; write at most \+86400/);
        return true;
      },
    );
  });
  it('lie only where the version of the product does', () => {
    assert.ok(parseFaults(['kato-lies'], faultNodes(cluster, '3.2', 'core')).length === 1);
  });
});

describe('the wrapper around kato', () => {
  it('obeys as often as it is told, and leaves kato alone otherwise', () => {
    const dir = mkdtempSync(join(tmpdir(), 'kato-'));
    try {
      const [own, order, file] = ['own', 'order', 'kato'].map((name) => join(dir, name)) as [string, string, string];
      writeFileSync(own, '#!/bin/sh\necho "kato did $*"\n', { mode: 0o755 });
      writeFileSync(file, katoWrapper(own, order), { mode: 0o755 });
      const told = (...words: string[]) => {
        const { stdout, status } = spawnSync(file, words, { encoding: 'utf8', timeout: 300 });
        return `${stdout.trim()} ${status ?? 'hangs'}`;
      };
      assert.equal(told('info'), 'kato did info 0', 'without an order');
      writeFileSync(order, 'fail 3\n');
      const answers = [1, 2, 3, 4].map(() => told('node', 'list'));
      assert.deepEqual(answers, [...Array(3).fill('kato: the controller does not answer 1'), 'kato did node list 0']);
      assert.equal(readFileSync(order, 'utf8'), 'fail 0 hit\n');
      writeFileSync(order, 'lie 1\n');
      assert.equal(told('node', 'list'), 'kato did node list 0', 'a question is answered');
      assert.equal(told('role', 'remove', 'mdns'), 'kato: something went wrong 0');
      assert.equal(told('role', 'remove', 'mdns'), 'kato did role remove mdns 0');
      writeFileSync(order, 'hang 2\n');
      assert.deepEqual([told('info'), told('info'), told('info')], [' hangs', ' hangs', 'kato did info 0']);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});

describe('faults by chance', () => {
  it('are the same for the same number, differ between numbers, and can be tried together', () => {
    const texts = (seed: number) => drawFaults(seed, nodes).map(faultText).join(' ');
    assert.equal(texts(7), texts(7));
    assert.ok(new Set(Array.from({ length: 50 }, (_, seed) => texts(seed))).size > 40);
    for (let seed = 0; seed < 200; seed++) {
      const drawn = drawFaults(seed, nodes);
      assert.ok(drawn.length <= 3 && drawn.length >= 1);
      drawn.forEach((place, i) => {
        assert.ok(fits(place, [...drawn.slice(0, i), ...drawn.slice(i + 1)]));
        assert.equal(place.fault.expected, 'converges');
      });
    }
  });
  it('do not prepare the same thing twice', () => {
    const [one, other, third] = parseFaults(['other-device:core', 'disk-ours:core', 'disk-ours:data-1'], nodes);
    assert.ok(!fits(one!, [other!]));
    assert.ok(fits(one!, [third!]));
  });
});

describe('what came of faults', () => {
  const result = (problems: readonly string[], error?: string): NodeResult => ({
    name: 'dea-1',
    address: '10.0.0.11',
    stages: [],
    seconds: 1,
    roles: [],
    configSet: 0,
    told: [],
    problems: error === undefined ? problems : [error, ...problems],
    ...(error === undefined ? {} : { error }),
  });
  const judged = (word: string, one: NodeResult, hit = true, problem?: string) => {
    const struck = [{ text: word, node: 'core', hit, ...(problem ? { problem } : {}) }];
    return outcomeOf(parseFaults([word], nodes), { ok: one.problems.length === 0, nodes: [one], faults: struck })
      .outcome;
  };
  it('is as the fault must end, or wrong', () => {
    assert.equal(judged('link-down', result([])), 'converged');
    assert.equal(judged('link-down', result([]), false), 'missed');
    assert.equal(judged('link-down', result(['lacks dea'])), 'wrong');
    assert.equal(judged('link-down', result([], 'core: waiting for the core: message bus')), 'wrong');
    assert.equal(judged('disk-ours', result([]), true, 'the file is gone'), 'wrong');
    const waiting = 'core: waiting for the core: message bus';
    assert.equal(judged('no-core:dea-1', result(['lacks dea'], waiting)), 'bounded');
    assert.equal(
      judged('no-core:data-1', result(['lacks dea'], waiting)),
      'wrong',
      'another node than the one that was hit',
    );
    assert.equal(judged('core-never', result(['lacks dea'], waiting)), 'bounded', 'a node without its core');
    assert.equal(judged('no-core:dea-1', result(['lacks dea'], 'core: no idea')), 'wrong');
    assert.equal(judged('no-core:dea-1', result(['lacks dea'])), 'wrong');
    assert.equal(judged('no-core:dea-1', result([], `not booted after 900 s; in stage ${waiting}`)), 'wrong');
  });
});

describe('all faults', () => {
  const places = everyPlace(nodes);
  it('are tried once on each kind of node', () => {
    assert.ok(places.length > 100);
    assert.deepEqual(new Set(places.map(({ node: name }) => name)), new Set(['core', 'data-1', 'dea-1']));
    const more = faultNodes({ ...cluster, nodes: [...cluster.nodes, node('dea-2', { disks: [] })] }, '3.6', 'core');
    assert.deepEqual(new Set(everyPlace(more).map(({ node: name }) => name)).size, 3);
  });
  it('share runs where none can hide what another does', () => {
    const runs = packed(places, 'core');
    assert.deepEqual(runs.flat().map(faultText).sort(), places.map(faultText).sort());
    assert.ok(runs.length < places.length / 2);
    for (const run of runs) {
      const endless = run.filter(({ fault }) => fault.expected !== 'converges');
      assert.ok(endless.length === 0 || endless.length === run.length);
      assert.ok(run.length === 1 || !endless.some(({ node: name }) => name === 'core'));
      for (const place of run)
        assert.ok(
          fits(
            place,
            run.filter((other) => other !== place),
          ),
        );
    }
  });
});
