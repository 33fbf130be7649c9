import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { NodeEntry } from '../entries';
import type { Call, Command } from '../grammar';
import { KatoError, type Report, type Session } from '../session';
import type { StoreData } from '../store-data';
import { ask } from '../wire';
import { chosenParts, filesOf, partFlags, storeOf } from './data-parts';
import { isHostName } from './hosts-file';

/** What an export holds: the cluster's configuration, and per node its roles and the files of its data (13.1, H). */
interface Export {
  readonly store?: StoreData;
  readonly nodes: readonly { readonly roles: readonly string[]; readonly files: Readonly<Record<string, string>> }[];
}

const scopes = {
  cluster: { long: '--cluster' },
  own: { long: '--only-this-node' },
  manual: { long: '--manual' },
} as const;

function scopeOf({ flags }: Call): 'cluster' | 'own' | 'manual' {
  const given = (['cluster', 'own', 'manual'] as const).filter((name) => flags[name] !== undefined);
  if (given.length !== 1) throw new KatoError('say one of --cluster, --only-this-node, --manual', 2);
  return given[0]!;
}

/** Addresses that a scope means. */
async function nodesOf(session: Session, scope: string): Promise<string[]> {
  const { mode, address } = await session.report();
  if (scope !== 'cluster' || mode === 'micro') return [address];
  return Object.keys(await session.store<Record<string, NodeEntry>>({ op: 'nodes' })).sort();
}

/** Roles that keep data. Applications on DEAs are deployed again, not exported (13.1, H); routers have none. */
const keeping = (roles: readonly string[]) =>
  roles.filter((role) => !['base', 'mdns', 'dea', 'stager', 'prealloc', 'router', 'load_balancer'].includes(role));

async function exportData(session: Session, call: Call): Promise<number> {
  const [scope, chosen] = [scopeOf(call), chosenParts(call)];
  const nodes: Export['nodes'][number][] = [];
  for (const address of await nodesOf(session, scope)) {
    const { roles } = await session.supervisor<Report>({ op: 'report' }, address);
    if (keeping(roles).length === 0) continue;
    const files = await session.supervisor<Record<string, string>>({ op: 'collect' }, address);
    nodes.push({ roles, files: filesOf(files, chosen) });
  }
  const { mode } = await session.report();
  const whole =
    mode === 'attached' && scope !== 'cluster' ? undefined : await session.store<StoreData>({ op: 'export' });
  const store = whole && storeOf(whole, chosen, call.flags['key'] !== undefined);
  const file = call.args[0] ?? '/home/stackato/stackato-export.tgz';
  const data: Export = { ...(store ? { store } : {}), nodes };
  writeFileSync(session.place.path(file), gzipSync(JSON.stringify(data)), { mode: 0o600 });
  session.out(`exported to ${file}`);
  return 0;
}

async function read(session: Session, from: string): Promise<Export> {
  if (isHostName(from) && !existsSync(session.place.path(from))) {
    const store = await ask<StoreData>(session.at(from, session.product.storePort), { op: 'export' }).catch(
      (error: Error) => {
        throw new KatoError(`cannot read from ${from}: ${error.message}`);
      },
    );
    const nodes = [];
    for (const address of Object.keys(store.nodes).sort()) {
      const { roles } = store.nodes[address]!;
      if (keeping(roles).length > 0)
        nodes.push({ roles, files: await session.supervisor<Record<string, string>>({ op: 'collect' }, address) });
    }
    return { store, nodes };
  }
  try {
    return JSON.parse(gunzipSync(readFileSync(session.place.path(from))).toString()) as Export;
  } catch (error) {
    throw new KatoError(`cannot read ${from}: ${(error as Error).message}`);
  }
}

/** Into a fresh cluster with roles started and the first user created (13.1, H). */
async function importData(session: Session, call: Call): Promise<number> {
  const [scope, chosen] = [scopeOf(call), chosenParts(call)];
  const about = await session.store<{ admin: unknown }>({ op: 'about' });
  if (!about.admin) throw new KatoError('create the first user before an import');
  const data = await read(session, call.args[0]!);
  const now = await Promise.all(
    (await nodesOf(session, scope)).map((address) => session.supervisor<Report>({ op: 'report' }, address)),
  );
  const targets = data.nodes.map(({ roles, files }) => {
    const kept = keeping(roles);
    const target = now.find((node) => kept.some((role) => node.roles.includes(role)));
    if (!target) throw new KatoError(`no node has a role of ${kept.join(' ')}`);
    return { files: filesOf(files, chosen), address: target.address };
  });
  // Looked up first: an import is not half done for want of a role.
  for (const { files, address } of targets) await session.supervisor({ op: 'deliver', files }, address);
  const store = data.store && storeOf(data.store, chosen, call.flags['key'] !== undefined);
  if (store) await session.store({ op: 'import', data: store });
  session.out('imported');
  return 0;
}

const exporting = { args: '[<file>]', max: 1, flags: scopes, run: exportData } as const;
const importing = { args: '<file>|<old-core>', min: 1, flags: scopes, changes: true, run: importData } as const;

const flags = { ...scopes, ...partFlags };
const facts = '2.7, 13.1 H; names of the parts L, but for resources and aok-config';

export const dataCommands: readonly Command[] = [
  { ...exporting, words: 'data export', flags, since: '2.8', facts },
  { ...importing, words: 'data import', flags, since: '2.8', facts },
  { ...exporting, words: 'export', until: '2.8', facts: '2.2 H' },
  { ...importing, words: 'import', until: '2.8', facts: '2.2 H' },
  ...(['data repair routes', 'data repair_routes'] as const).map(
    (words): Command => ({
      words,
      flags: { dry: { short: '-n' }, yes: { short: '-y' } },
      ...(words === 'data repair routes' ? { since: '3.4' } : { since: '3.0', until: '3.4' }),
      facts: '2.7 H; the older name from 3.0 on L; there are no routes to repair',
      run: async (session) => {
        session.out('no routes to repair');
        return 0;
      },
    }),
  ),
];
