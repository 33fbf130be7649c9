import { statSync } from 'node:fs';
import type { Call, Command } from '../grammar';
import { type Limits, mostOf } from '../limits';
import { readText } from '../place';
import { busPort, inOrder, sshPort } from '../roles';
import { expandRoles, KatoError, type Session, settle } from '../session';
import { knowsHost, publicBody, sshChoice } from '../sshd';
import { atLeast } from '../version';
import { ask, converse, pause, Refusal } from '../wire';
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
  if ([own.address, '127.0.0.1', '::1', 'localhost'].includes(core!))
    throw new KatoError('a node cannot attach to itself');
  const listed = expandRoles(session, (flags['roles'] ?? '').split(',').filter(Boolean));
  // Attached before, as after the core's address changed (13.3, H): what it had stays (L).
  const roles = listed.length === 0 && own.mode === 'attached' ? own.roles.filter((role) => role !== 'base') : listed;
  if (listed.includes('load_balancer'))
    throw new KatoError('a load balancer is set up by: kato node setup load_balancer');

  const greeting = await converse(session.at(core!, busPort), undefined, 5).catch((error: Error) => {
    const problem = `cannot connect to the message bus at ${core}:${busPort}: ${error.message}`;
    // Crashed on an address that does not answer before 3.2.1 (14, RN, H; the words L).
    throw new KatoError(atLeast(product.version, '3.2.1') ? problem : `unhandled exception: ${problem}`);
  });
  if (!greeting.startsWith('INFO ')) throw new KatoError(`${core}:${busPort} is not a message bus`);
  const store = <T>(request: { op: string; [key: string]: unknown }) =>
    ask<T>(session.at(core!, product.storePort), request).catch((error: Error) => {
      if (error instanceof Refusal) throw new KatoError(error.message);
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
  await session.turn(undefined, async () => {
    const entry = { roles: all, memory: own.memory };
    const limits: Limits = { most: mostOf(session.roles), license: true };
    await store({ op: 'node-put', address: own.address, entry, limits });
    // The listed roles are what runs afterwards (18-7: the docs imply it, L).
    const stopped = flags['no-start'] === undefined ? [] : all;
    await session.supervisor({ op: 'update', patch: { mode: 'attached', mbusip: core, roles: all, stopped } });
    await settle(session);
  });
  const endpoint = await store<Value>({ op: 'get', component: 'cluster', path: 'endpoint' });
  writeHosts(session.place, core!, String(endpoint));
  session.out(`node ${own.address} attached to ${core} with roles ${all.join(' ')}`);
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
      force: { short: '-f', since: '3.0' },
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
    words: 'node reattach',
    args: '<core-ip>',
    min: 1,
    since: '3.4',
    until: '3.6',
    changes: true,
    facts: '2.3 H: 3.4 only; gone in 3.6 L',
    run: attach,
  },
];
