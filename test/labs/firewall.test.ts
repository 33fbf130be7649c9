import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ALWAYS } from '../../lib/rehearsal/firewall/aws';
import { apart, strict } from '../model/edge-plan';
import { type PortEdge, passes } from '../rehearsal/port-edges';
import { type Booted, boot } from './firewall-cluster';

const say = ({ from, to, protocol, port, row }: PortEdge) => `${from} → ${to} ${port}/${protocol} (${row.why})`;

for (const [what, yaml] of [
  ['the MVP', strict('mvp', 'fw-mvp')],
  ['five nodes and every role apart', apart('fw-apart')],
] as const) {
  for (const cloud of ['aws', 'openstack'] as const) {
    describe(`the strict firewall of ${cloud}, ${what}`, () => {
      it('lets through what the port tables name, and each rule of it is needed', async () => {
        const booted = await boot(yaml, cloud);
        try {
          await prove(booted);
        } finally {
          await booted.close();
        }
      });
    });
  }
}

/** Rules that carry nothing here, and why they are there all the same. */
const REASONS: Readonly<Record<string, string>> = {
  'fw-apart_allow-control-from-control-9026-tcp': 'between controllers; here the pool has but one',
};

async function prove({ result, rules, edges, reached, outcomes }: Booted): Promise<void> {
  assert.ok(
    result.ok,
    result.nodes.map((n) => `${n.name}: ${n.problems.join('; ') || 'fine'}\n${n.log ?? ''}`).join('\n'),
  );
  assert.equal(result.unguarded, undefined);

  // The processes themselves, under the rules as the cloud has them.
  const settled = () => Object.values(reached()).every((node) => node.settled);
  for (const end = Date.now() + 60_000; !settled() && Date.now() < end; await sleep(500));
  const own = Object.entries(reached()).flatMap(([name, node]) => node.edges.map((edge) => ({ name, ...edge })));
  assert.ok(own.length > 10, 'the processes tried next to nothing');
  const cut = own.filter((edge) => !edge.ok);
  assert.deepEqual(
    cut.map((edge) => `${edge.from} on ${edge.name} → ${edge.to}:${edge.port} ${edge.error}`),
    [],
  );

  // Every edge of the tables; of a range only some ports have a listener.
  const all = await outcomes(rules);
  const failed = edges.filter((edge, i) => {
    const listens = edge.row.ports[0] === edge.row.ports[1] && edge.to !== 'world' && !edge.row.doubtful;
    return listens ? all[i] !== 'open' : all[i] === 'blocked';
  });
  assert.deepEqual(failed.map(say), []);

  // Nothing else: what no rule lets through is blocked.
  const none = await outcomes([]);
  assert.deepEqual(edges.filter((_, i) => none[i] !== 'blocked').map(say), []);

  const superfluous: string[] = [];
  for (const rule of rules.filter(({ name }) => name !== ALWAYS)) {
    const rest = rules.filter((other) => other !== rule);
    const now = await outcomes(rest);
    const lost = edges.filter((_, i) => now[i] === 'blocked');
    if (lost.length === 0 && REASONS[rule.name] === undefined) superfluous.push(rule.name);
    const expected = edges.filter((edge) => !passes(edge, rest));
    assert.deepEqual(lost.map(say), expected.map(say), `without ${rule.name}`);
  }
  assert.deepEqual(superfluous, [], 'rules that carry no edge of the port tables');
}
