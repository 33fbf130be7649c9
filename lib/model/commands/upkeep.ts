import { rmSync } from 'node:fs';
import type { NodeEntry } from '../entries';
import type { Call, Command } from '../grammar';
import { microRoles } from '../micro';
import { askInVain, passwordless } from '../privilege';
import { KatoError, type Report, type Session, settle } from '../session';
import { atLeast, parseVersion } from '../version';
import { pause } from '../wire';
import type { Value } from '../yaml';
import { writeHosts } from './hosts-file';

/** `factory` makes a fresh node, `soft` keeps its data, `services` and `docker` empty one thing (2.3 H for the words; effects L). */
async function reset(session: Session, { args: [what] }: Call): Promise<number> {
  const { version } = session.product;
  const docker = atLeast(version, '3.2');
  const soft = !atLeast(version, '3.4.1');
  const known = ['factory', ...(soft ? ['soft'] : []), ...(docker ? ['docker', 'services'] : [])];
  if (!known.includes(what!)) throw new KatoError(`cannot reset ${what}; one of ${known.join(' ')}`, 2);
  if (what === 'docker') return 0;
  if (what === 'services') {
    await session.supervisor({ op: 'wipe', services: true });
    session.out('services reset');
    return 0;
  }
  const { mode } = await session.report();
  if (mode === 'attached') throw new KatoError('this node is attached; detach it first');
  if (what === 'factory') await askPassword(session);
  await session.supervisor({ op: 'wipe', config: true, services: what === 'factory' });
  const roles = microRoles(version);
  await session.supervisor({ op: 'update', patch: { mode: 'micro', mbusip: '127.0.0.1', roles, stopped: [] } });
  if (what === 'factory') rmSync(session.place.path('/home/stackato/.kato-deferred'), { force: true });
  await settle(session);
  session.out(`node reset: ${what}`);
  return 0;
}

/** A factory reset fails with NOPASSWD sudo (2.1, 14; H); without, it asks for the password. */
async function askPassword(session: Session): Promise<void> {
  if (passwordless(session.place)) throw new KatoError('sudo is set to NOPASSWD; undo it before a factory reset');
  if (session.stdin().trim() === '') return askInVain(session);
  session.out('[sudo] password for stackato: ');
}

/** In place, from 3.0 on, the core tells all nodes (13.2, H); the vendor's hosts are gone, so it must be told the version (L). */
async function upgrade(session: Session, { flags }: Call): Promise<number> {
  const report = await session.report();
  const nodes = await session.store<Record<string, NodeEntry>>({ op: 'nodes' });
  const addresses = [...new Set([report.address, ...Object.keys(nodes)])].sort();
  if (flags['status'] !== undefined) {
    for (const address of addresses) {
      const { version } = await session.supervisor<Report>({ op: 'report' }, address);
      session.out(`${address.padEnd(16)} ${version}`);
    }
    return 0;
  }
  if (report.mode === 'attached') throw new KatoError('a cluster is upgraded from its core');
  if (flags['download'] !== undefined) return 0;
  const wanted = flags['version'];
  if (wanted === undefined) throw new KatoError('cannot reach the upgrade server; name --version', 1);
  if (!/^\d+(\.\d+)+$/.test(wanted)) throw new KatoError(`not a version: ${wanted}`, 2);
  const { version } = session.product;
  if (
    version.parts[0] !== 3 ||
    parseVersion(wanted).parts[0] !== 3 ||
    (atLeast(version, wanted) && version.text !== wanted)
  )
    throw new KatoError(`no upgrade from ${version.text} to ${wanted}`);
  if (flags['skip'] === undefined) {
    session.out(`Upgrade ${addresses.length} nodes to ${wanted}? [yn] `);
    if (!session.stdin().startsWith('y')) {
      await pause(session.place.settings.hang);
      throw new KatoError('not confirmed');
    }
  }
  // The core last, so that it can tell the others.
  for (const address of [...addresses.filter((a) => a !== report.address), report.address]) {
    await session.supervisor({ op: 'upgrade', version: wanted }, address);
    session.out(`${address.padEnd(16)} ${wanted}`);
  }
  return 0;
}

export const upkeepCommands: readonly Command[] = [
  {
    words: 'node reset',
    args: 'factory|soft|docker|services',
    min: 1,
    since: '2.10',
    changes: true,
    facts: '2.1, 2.3, 14 H; effects L',
    run: reset,
  },
  {
    words: 'node upgrade',
    since: '3.0',
    sudo: true,
    changes: true,
    flags: {
      version: { long: '--version', value: 'version' },
      skip: { long: '--skip-confirmation' },
      download: { long: '--download-only' },
      cache: { long: '--cache-ip', value: 'ip' },
      kato: { long: '--update-kato' },
      order: { long: '--role-order', value: 'roles' },
      resume: { long: '--resume' },
      status: { long: '--status' },
      offline: { long: '--offline' },
    },
    facts: '2.3, 13.2 H; that hosts are gone L',
    run: upgrade,
  },
  {
    words: 'node update',
    since: '3.2',
    changes: true,
    facts: '2.3 H; what it rewrites L',
    run: async (session) => {
      const { mbusip } = await session.report();
      const endpoint = await session.store<Value>({ op: 'get', component: 'cluster', path: 'endpoint' });
      if (mbusip !== '127.0.0.1') writeHosts(session.place, mbusip, String(endpoint));
      return 0;
    },
  },
  {
    words: 'node version',
    args: '[<ip>]',
    max: 1,
    since: '3.0',
    facts: '2.3 H',
    run: async (session, { args: [address] }) => {
      const { version } = await session.supervisor<Report>({ op: 'report' }, address);
      session.out(version);
      return 0;
    },
  },
];
