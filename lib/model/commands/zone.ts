import type { NodeEntry } from '../entries';
import { type Call, type Command, node } from '../grammar';
import { KatoError, type Report, type Session } from '../session';

/** The entry of a node in its cluster's store; zones are for DEAs only (5.5, 2.3; H). */
async function entryOf(session: Session, flags: Call['flags']): Promise<[string, NodeEntry]> {
  const report = await session.supervisor<Report>({ op: 'report' }, flags['node']);
  if (!report.roles.includes('dea')) throw new KatoError(`node ${report.address} has no dea; zones are for DEAs`);
  const nodes = await session.store<Record<string, NodeEntry>>({ op: 'nodes' });
  const none: NodeEntry = { roles: report.roles, availabilityZone: 'default', placementZones: [] };
  return [report.address, nodes[report.address] ?? none];
}

const put = (session: Session, address: string, entry: Partial<NodeEntry>) =>
  session.store({ op: 'node-put', address, entry });

function named(zone: string): string {
  if (!/^\S+$/.test(zone)) throw new KatoError(`not a zone: "${zone}"`);
  return zone;
}

/** Gives a node other placement zones, made of those that it has and the one that is named. */
function changeZones(next: (zones: readonly string[], zone: string) => readonly string[]): Command['run'] {
  return async (session, { args: [zone], flags }) => {
    const [address, entry] = await entryOf(session, flags);
    await put(session, address, { placementZones: next(entry.placementZones, zone!) });
    return 0;
  };
}

const shape = {
  flags: { node },
  since: '3.2',
  facts: '2.3, 5.5 H',
} as const;

export const zoneCommands: readonly Command[] = [
  {
    ...shape,
    words: 'node availabilityzone',
    args: '[<zone>]',
    max: 1,
    changes: true,
    run: async (session, { args: [zone], flags }) => {
      const [address, entry] = await entryOf(session, flags);
      if (zone === undefined) session.out(entry.availabilityZone);
      else await put(session, address, { availabilityZone: named(zone) });
      return 0;
    },
  },
  {
    ...shape,
    words: 'node placementzones list',
    run: async (session, { flags }) => {
      const [, entry] = await entryOf(session, flags);
      for (const zone of entry.placementZones.length > 0 ? entry.placementZones : ['default']) session.out(zone);
      return 0;
    },
  },
  {
    ...shape,
    words: 'node placementzones add',
    args: '<zone>',
    min: 1,
    changes: true,
    run: changeZones((zones, zone) => [...new Set([...zones, named(zone)])]),
  },
  {
    ...shape,
    words: 'node placementzones remove',
    args: '<zone>',
    min: 1,
    changes: true,
    run: changeZones((zones, zone) => {
      if (!zones.includes(zone)) throw new KatoError(`placement zone ${zone} is not set`);
      return zones.filter((z) => z !== zone);
    }),
  },
];
