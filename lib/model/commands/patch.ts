import { type Call, type Command, node } from '../grammar';
import { modelHome, readJson, writeWhole } from '../place';
import { KatoError, type Session } from '../session';

/** What this node knows of patches, by name; the vendor's list cannot be had any more (13.2, 15; L). */
type Patches = Readonly<Record<string, 'installed' | 'available'>>;

const file = (session: Session) => session.place.path(`${modelHome}/patches.json`);
const load = (session: Session): Patches => readJson<Patches>(file(session)) ?? {};
const save = (session: Session, patches: Patches) => writeWhole(file(session), JSON.stringify(patches));

async function status(session: Session): Promise<number> {
  const patches = load(session);
  for (const name of Object.keys(patches).sort()) session.out(`${name.padEnd(24)} ${patches[name]}`);
  if (Object.keys(patches).length === 0) session.out('no known patches');
  return 0;
}

const change =
  (verb: string, to: 'installed' | 'available' | undefined) =>
  async (session: Session, { args: names }: Call): Promise<number> => {
    const patches = load(session);
    const unknown = names.find((name) => !Object.hasOwn(patches, name));
    if (unknown !== undefined && verb !== 'mark') throw new KatoError(`no such patch: ${unknown}`);
    const chosen = names.length > 0 ? names : Object.keys(patches);
    const state = to ?? 'installed';
    save(session, { ...patches, ...Object.fromEntries(chosen.map((name) => [name, state])) });
    if (chosen.length === 0) session.out('nothing to do');
    return 0;
  };

const shape = {
  since: '2.10.6',
  sudo: true,
  changes: true,
  args: '[<patch>...]',
  max: 99,
  flags: {
    local: { long: '--local', since: '3.0' },
    own: { long: '--only-this-node', until: '3.0' },
    node,
    'no-restart': { long: '--no-restart' },
  },
  facts: '2.7, 14 (sudo) H; which patches there are L',
} as const;

export const patchCommands: readonly Command[] = [
  { words: 'patch status', since: '2.10.6', flags: shape.flags, facts: shape.facts, run: status },
  { ...shape, words: 'patch install', run: change('install', 'installed') },
  { ...shape, words: 'patch reinstall', run: change('reinstall', 'installed') },
  { ...shape, words: 'patch revert', run: change('revert', 'available') },
  { ...shape, words: 'patch mark', min: 1, run: change('mark', 'installed') },
  {
    ...shape,
    words: 'patch reset',
    run: async (session) => {
      save(session, {});
      return 0;
    },
  },
  {
    ...shape,
    words: 'patch update',
    run: async () => {
      throw new KatoError('cannot reach the patch server');
    },
  },
];
