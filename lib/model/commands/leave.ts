import type { NodeEntry } from '../entries';
import { type Call, type Command, node } from '../grammar';
import { askInVain } from '../privilege';
import { inTurn, KatoError, type Report, type Session, settle } from '../session';
import { atLeast } from '../version';
import { pause } from '../wire';
import type { Value } from '../yaml';
import { writeHosts } from './hosts-file';

/** Back to a node of its own, in the words that both `detach` and `remove` need. */
const alone = { mode: 'micro', mbusip: '127.0.0.1', roles: ['base'], stopped: [] } as const;

async function removeNode(session: Session, { args, flags }: Call): Promise<number> {
  const { mode } = await session.report();
  if (mode !== 'core') throw new KatoError('nodes are removed on the core');
  const nodes = await session.store<Record<string, unknown>>({ op: 'nodes' });
  for (const address of args) {
    if (!Object.hasOwn(nodes, address)) throw new KatoError(`no such node: ${address}`);
    if (flags['skip'] === undefined) {
      await session.supervisor({ op: 'update', patch: alone }, address).catch(async (error: Error) => {
        const patient = !atLeast(session.product.version, '3.2.1');
        // Hung for minutes on a dead node before 3.2.1, and removed it then (2.3, H; the end L).
        if (patient) return pause(session.place.settings.dead);
        throw new KatoError(`${error.message}; a dead node is removed with --skip-detach`);
      });
    }
    await session.store({ op: 'node-delete', address });
    session.out(`node ${address} removed`);
  }
  return 0;
}

async function retire(session: Session, { flags }: Call): Promise<number> {
  const address = flags['node'];
  const report = await session.supervisor<Report>({ op: 'report' }, address);
  // On another node its sudo asked, before 3.4.1, and nobody answered (2.3, H).
  if (address !== undefined && !report.passwordless && !atLeast(session.product.version, '3.4.1'))
    await askInVain(session);
  if (!report.roles.includes('dea')) throw new KatoError(`node ${report.address} has no dea to retire`);
  await session.supervisor({ op: 'stop', names: ['dea'] }, address);
  session.out(`dea of ${report.address} retired`);
  return 0;
}

/** `-s` starts the processes again (2.3, H); which ones: the node's base (L). */
async function detach(session: Session, { flags }: Call): Promise<number> {
  const { mode, address } = await session.report();
  if (mode !== 'attached') throw new KatoError('this node is not attached');
  await session.store({ op: 'node-delete', address });
  const stopped = flags['restart'] === undefined ? alone.roles : [];
  await session.supervisor({ op: 'update', patch: { ...alone, stopped } });
  await settle(session);
  session.out(`node ${address} detached`);
  return 0;
}

/** The core's address changed: on the core, and before 3.4 on every other node too (13.3, H). */
async function migrate(session: Session, { args: [before, after], flags }: Call): Promise<number> {
  const report = await session.report();
  if (report.mode === 'micro') throw new KatoError('a micro cloud has no address to migrate: its MBUS IP is 127.0.0.1');
  if (report.mbusip === after) return 0;
  if (report.mbusip !== before) throw new KatoError(`the MBUS IP is ${report.mbusip}, not ${before}`);
  if (report.mode === 'attached' && atLeast(session.product.version, '3.4'))
    throw new KatoError(`migrate the core; here: kato node attach ${after}`);
  if (report.mode === 'core' && report.address !== after)
    throw new KatoError(`the core's own address is ${report.address}, not ${after}`);
  if (report.mode === 'core') {
    const nodes = await session.store<Record<string, NodeEntry>>({ op: 'nodes' });
    await session.store({ op: 'node-put', address: after, entry: nodes[before!] ?? { roles: report.roles } });
    await session.store({ op: 'node-delete', address: before });
    await session.store({ op: 'set', component: 'cluster', path: 'mbusip', value: after, force: true });
  }
  const stopped = flags['no-restart'] === undefined ? report.stopped : report.roles;
  await session.supervisor({ op: 'update', patch: { mbusip: after, stopped } });
  await settle(session);
  const endpoint = await session.store<Value>({ op: 'get', component: 'cluster', path: 'endpoint' });
  writeHosts(session.place, after!, String(endpoint));
  session.out(`MBUS IP migrated from ${before} to ${after}`);
  return 0;
}

const removing = { args: '<ip>...', min: 1, max: 99, manySince: '3.2', changes: true, run: removeNode } as const;
const moving = { args: '<old-ip> <new-ip>', min: 2, changes: true, run: inTurn(migrate) } as const;

export const leaveCommands: readonly Command[] = [
  {
    words: 'node detach',
    flags: { restart: { short: '-s' } },
    since: '3.0',
    changes: true,
    facts: '2.3 H; state afterwards L',
    run: inTurn(detach),
  },
  {
    ...removing,
    words: 'node remove',
    flags: { skip: { short: '-s', long: '--skip-detach', since: '3.2' } },
    since: '2.8',
    facts: '2.3, 13.4 H',
  },
  { ...removing, words: 'remove', until: '2.8', facts: '2.3 H that it is from 2.2 on; the word L' },
  {
    words: 'node retire',
    flags: { node },
    since: '3.0',
    changes: true,
    sudo: true,
    facts: '2.3, 13.4, 14 (sudo) H',
    run: retire,
  },
  {
    ...moving,
    words: 'node migrate',
    flags: { 'no-restart': { short: '-r', since: '3.0' } },
    since: '2.8',
    facts: '2.3, 13.3 H',
  },
  { ...moving, words: 'migrate', until: '2.8', facts: '2.3 H that it is from 2.2 on; the word L' },
];
