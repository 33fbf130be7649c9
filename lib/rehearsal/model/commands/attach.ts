import { statSync } from 'node:fs';
import type { Call, Command } from '../grammar';
import { readText } from '../place';
import { busPort, inOrder, sshPort } from '../roles';
import { expandRoles, KatoError, type Report, type Session, settle } from '../session';
import { knowsHost, publicBody, sshChoice } from '../sshd';
import { ask, converse, pause } from '../wire';
import type { Value } from '../yaml';
import { writeHosts } from './hosts-file';

/** Logs in to the core with this node's key, as 3.6 does before it attaches (0.1-8, M). */
async function login(session: Session, core: string): Promise<void> {
  const choice = sshChoice(session.place, core);
  if (choice.strict && !knowsHost(session.place, core)) {
    session.out(`The authenticity of host '${core} (${core})' can't be established.`);
    session.out('Are you sure you want to continue connecting (yes/no)?');
    await pause(session.place.settings.hang);
    throw new KatoError('Host key verification failed.');
  }
  const file = session.place.path(choice.identity);
  const key = readText(file);
  const denied = (why: string) => new KatoError(`stackato@${core}: Permission denied (publickey): ${why}`);
  if (key === undefined) throw denied(`no such identity: ${choice.identity}`);
  if (statSync(file).mode & 0o077) throw denied(`permissions of ${choice.identity} are too open`);
  let body: string;
  try {
    body = publicBody(key);
  } catch (error) {
    throw denied(`${choice.identity}: ${(error as Error).message}`);
  }
  const reply = await ask<{ admitted: boolean }>(session.at(core, sshPort), { op: 'ssh', key: body }).catch(
    (e: Error) => {
      throw new KatoError(`ssh: connect to host ${core} port ${sshPort}: ${e.message}`);
    },
  );
  if (!reply.admitted) throw denied(`${choice.identity} is not in the core's authorized_keys`);
}

async function attach(session: Session, { args: [core], flags }: Call): Promise<number> {
  const { product } = session;
  const own = await session.report();
  if (own.mode === 'core') throw new KatoError('this node is the core of a cluster; it cannot attach to another');
  if (core === own.address) throw new KatoError('a node cannot attach to itself');
  const roles = expandRoles(session, (flags['roles'] ?? '').split(',').filter(Boolean));
  if (roles.includes('load_balancer'))
    throw new KatoError('a load balancer is set up by: kato node setup load_balancer');

  const greeting = await converse(session.at(core!, busPort), undefined, 5).catch((error: Error) => {
    throw new KatoError(`cannot connect to the message bus at ${core}:${busPort}: ${error.message}`);
  });
  if (!greeting.startsWith('INFO ')) throw new KatoError(`${core}:${busPort} is not a message bus`);
  const store = <T>(request: { op: string; [key: string]: unknown }) =>
    ask<T>(session.at(core!, product.storePort), request).catch((error: Error) => {
      throw new KatoError(`cannot connect to the config store at ${core}:${product.storePort}: ${error.message}`);
    });
  const about = await store<{ version: string }>({ op: 'about' });
  if (product.comparesVersions && about.version !== product.version.text && flags['force'] === undefined) {
    throw new KatoError(
      `version mismatch: the core has ${about.version}, this node ${product.version.text}; -f attaches anyway`,
    );
  }
  if (product.keyLogin) await login(session, core!);

  const all = inOrder(['base', ...roles]);
  await store({ op: 'node-put', address: own.address, entry: { roles: all } });
  // The listed roles are what runs afterwards (18-7: the docs imply it, L).
  const stopped = flags['no-start'] === undefined ? [] : all;
  await session.supervisor({ op: 'update', patch: { mode: 'attached', mbusip: core, roles: all, stopped } });
  await settle(session);
  const endpoint = await store<Value>({ op: 'get', component: 'cluster', path: 'endpoint' });
  writeHosts(session.place, core!, String(endpoint));
  session.out(`node ${own.address} attached to ${core} with roles ${all.join(' ')}`);
  return 0;
}

/** Back to a node of its own, in the words that both `detach` and `remove` need. */
const alone = { mode: 'micro', mbusip: '127.0.0.1', roles: ['base'], stopped: [] } as const;

async function removeNode(session: Session, { args, flags }: Call): Promise<number> {
  const { mode } = await session.report();
  if (mode !== 'core') throw new KatoError('nodes are removed on the core');
  const nodes = await session.store<Record<string, unknown>>({ op: 'nodes' });
  for (const address of args) {
    if (!nodes[address]) throw new KatoError(`no such node: ${address}`);
    if (flags['skip'] === undefined) {
      await session.supervisor({ op: 'update', patch: alone }, address).catch((error: Error) => {
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
  if (!report.roles.includes('dea')) throw new KatoError(`node ${report.address} has no dea to retire`);
  await session.supervisor({ op: 'stop', names: ['dea'] }, address);
  session.out(`dea of ${report.address} retired`);
  return 0;
}

const roleList = { short: '-e', long: '--enable', value: 'roles' } as const;

export const attachCommands: readonly Command[] = [
  {
    words: 'node attach',
    args: '<core-ip>',
    min: 1,
    flags: {
      roles: roleList,
      'no-start': { short: '-s', long: '--no-start' },
      force: { short: '-f', long: '--force', since: '3.0' },
    },
    since: '2.8',
    changes: true,
    facts: '2.3 H; steps 0.1-5, 0.1-8 M',
    run: attach,
  },
  {
    words: 'attach',
    args: '<core-ip>',
    min: 1,
    flags: { roles: roleList },
    until: '2.8',
    changes: true,
    facts: '2.2 H',
    run: attach,
  },
  {
    words: 'node detach',
    flags: { restart: { short: '-s' } },
    since: '3.0',
    changes: true,
    facts: '2.3 H; state afterwards L',
    run: async (session) => {
      const { mode, address } = await session.report();
      if (mode !== 'attached') throw new KatoError('this node is not attached');
      await session.store({ op: 'node-delete', address });
      await session.supervisor({ op: 'update', patch: alone });
      return 0;
    },
  },
  {
    words: 'node remove',
    args: '<ip>...',
    min: 1,
    max: 99,
    flags: { skip: { short: '-s', long: '--skip-detach', since: '3.2' } },
    since: '2.8',
    changes: true,
    facts: '2.3, 13.4 H',
    run: removeNode,
  },
  {
    words: 'node retire',
    flags: { node: { short: '-n', long: '--node', value: 'node' } },
    since: '3.0',
    changes: true,
    sudo: true,
    facts: '2.3, 13.4, 14 (sudo) H',
    run: retire,
  },
];
