import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { NodeEntry } from '../entries';
import { type Call, type Command, json, node, yaml } from '../grammar';
import { KatoError, print, type Report, type Session, settle } from '../session';
import { isHostName, writeHosts } from './hosts-file';

async function rename(session: Session, { args: [hostname], flags }: Call): Promise<number> {
  if (!isHostName(hostname!)) throw new KatoError(`not a host name: ${hostname}`);
  const report = await session.report();
  // Sets the cluster's name as the host name, on whatever node it runs (14, H).
  writeFileSync(session.place.path('/etc/hostname'), `${hostname}\n`);
  if (report.mode !== 'attached') {
    await session.store({ op: 'set', component: 'cluster', path: 'endpoint', value: `api.${hostname}`, force: true });
    writeHosts(session.place, report.address, `api.${hostname}`);
  }
  if (flags['skip-certificate'] === undefined) regenerate(session, hostname!);
  if (flags['no-restart'] === undefined) {
    await session.supervisor({ op: 'restart', names: [] });
    await settle(session);
  }
  session.out(`node renamed to ${hostname}`);
  return 0;
}

/** A self-signed certificate for the new name (6, H); the model has no sudo: where the files are root's it leaves them. */
function regenerate(session: Session, hostname: string): void {
  const [key, certificate] = ['/etc/ssl/private/stackato.key', '/etc/ssl/certs/stackato.crt'].map(session.place.path);
  for (const file of [key!, certificate!]) {
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `model, self-signed for *.${hostname}\n`);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error;
    }
  }
}

/** Every node with its roles; a node that is alone knows only itself. */
async function nodesOf(session: Session): Promise<Record<string, Pick<NodeEntry, 'roles'>>> {
  const report: Report = await session.report();
  if (report.mode === 'micro') return { [report.mbusip]: { roles: report.roles } };
  return session.store<Record<string, NodeEntry>>({ op: 'nodes' });
}

const info: Command['run'] = async (session, { flags }) => {
  const report = await session.supervisor<Report>({ op: 'report' }, flags['node']);
  const available = session.roles.filter((role) => !report.roles.includes(role.name)).map((role) => role.name);
  const { address, mbusip, version, roles } = report;
  // The real shape is unknown (18-1).
  print(session, flags, { node: address, mbusip, version, assigned_roles: [...roles], available_roles: available }, [
    `Node: ${address}`,
    `MBUS IP: ${mbusip}`,
    'Assigned roles',
    ...roles.map((role) => `    ${role}`),
    'Available roles',
    ...available.map((role) => `    ${role}`),
  ]);
  return 0;
};

const renaming = { args: '<hostname>', min: 1, changes: true, sudo: true, run: rename } as const;

export const nodeCommands: readonly Command[] = [
  {
    ...renaming,
    words: 'node rename',
    flags: {
      'no-restart': { short: '-r', long: '--no-restart' },
      'skip-remap': { short: '-s' },
      'skip-certificate': { short: '-l', since: '3.0' },
    },
    since: '2.8',
    facts: '2.3, 6, 14 H',
  },
  { ...renaming, words: 'rename', until: '2.8', facts: '2.2 H' },
  {
    words: 'node list',
    flags: { json: { ...json, since: '3.0' }, yaml: { ...yaml, since: '3.0' } },
    since: '2.10.4',
    facts: '2.3 H: a line starts with the address; the rest L',
    run: async (session, { flags }) => {
      const nodes = await nodesOf(session);
      const lines = Object.keys(nodes)
        .sort()
        .map((address) => `${address.padEnd(16)} ${nodes[address]!.roles.join(' ')}`);
      print(session, flags, nodes as Record<string, never>, lines);
      return 0;
    },
  },
  {
    words: 'info',
    flags: { node, json: { ...json, since: '2.10' }, yaml: { ...yaml, since: '2.10' } },
    facts: '1.5 H; layout L',
    run: info,
  },
];
