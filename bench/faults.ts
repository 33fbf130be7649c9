import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../lib/base/file';
import { KNOWN_VERSIONS } from '../lib/kato/version';
import { drawFaults } from '../lib/rehearsal/faults/draw';
import { everyPlace, packed } from '../lib/rehearsal/faults/matrix';
import { faultText, type Placed, parseFaults } from '../lib/rehearsal/faults/place';
import { type FaultCluster, faultCluster } from './fault-cluster';
import { countsOf, type Entry, PAGE, pageOf, pageWith, rowsOf, tableOf } from './fault-table';
import { inScratch } from './scratch';

// `npm run faults -- [--clusters micro,mvp,micro@3.2] [--only id,id] [--at-once N] [--quick] [--seed N] [--minutes N] [--write]`:
// every fault at every moment of every kind of node, on an older version (`@3.2`) those that the newest cannot have; 1 when something is wrong. `--quick`: a fixed set on MVP and micro, the longest first, then
// random ones by seed until the minutes are over (@default 10). `--write` makes docs/faults.md when all were tried. `--resume FILE` notes
// what was tried and, run again, goes on there.

const given = (name: string) => process.argv.includes(`--${name}`);
const value = (name: string, otherwise: string) =>
  given(name) ? String(process.argv[process.argv.indexOf(`--${name}`) + 1]) : otherwise;
const CLUSTERS = 'micro,mvp,five-node,micro@3.2,mvp@3.2,five-node@3.2,twenty-node';
/** Tried on twenty nodes: what all of them do at the same time. */
const RACES = ['attach-race', 'late-core'];
const clusters = value('clusters', given('quick') ? 'mvp,micro,micro@3.2' : CLUSTERS).split(',');
const atOnce = Number(value('at-once', '3'));
const seed = Number(value('seed', String(Math.floor(Date.now() / 1000) % 1_000_000)));
const end = Date.now() + Number(value('minutes', given('quick') ? '10' : '600')) * 60_000;
const only = given('only') ? value('only', '').split(',') : undefined;

const quick: Readonly<Record<string, readonly (readonly string[])[]>> = {
  micro: [
    ['metadata-late', 'power-cut@core', 'link-down@key', 'kato-fails@relocate', 'duplicate-boot@admin'],
    ['other-device', 'link-down@ready', 'reboot@disk', 'full-disk@rename', 'secrets-refused@license', 'clock-late@key'],
    ['disk-stays-full@relocate'],
    ['kato-hangs@core'],
    ['disk-data'],
    ['metadata-never'],
  ],
  mvp: [
    ['late-core', 'disk-late:data-1', 'core-outage:dea-1@zone'],
    ['attach-race', 'database-late:data-1', 'packet-loss:dea-1', 'power-cut:dea-2@attach'],
    ['no-core:dea-1', 'disk-twins:data-1', 'secrets-forbidden:dea-2@key'],
    ['core-never'],
  ],
  'micro@3.2': [['kato-lies@core']],
};

const resume = given('resume') ? value('resume', '') : undefined;
const entries: Entry[] = resume && existsSync(resume) ? wellIn(readFileSync(resume, 'utf8')) : [];
const note = (text: string) => console.error(text);

async function attempt(ground: FaultCluster, placed: readonly Placed[], slot: number): Promise<void> {
  const began = Date.now();
  const { outcome, why, result } = await ground.attempt(placed, slot);
  const words = placed.map(faultText).join(' ');
  note(
    `${ground.name}: ${outcome} in ${Math.round((Date.now() - began) / 1000)} s: ${words}${outcome === 'wrong' ? `\n  ${why}` : ''}`,
  );
  if (placed.length > 1 && outcome === 'wrong') {
    for (const place of placed) await attempt(ground, [place], slot);
    return;
  }
  for (const [i, place] of placed.entries()) {
    const text = faultText(place);
    const hit = result.faults?.[i]?.hit === true;
    const own = result.nodes.find(({ name }) => name === place.node)?.error !== undefined;
    const ended = place.fault.expected !== 'converges' && own ? 'bounded' : 'converged';
    const it = outcome === 'wrong' ? outcome : hit ? ended : 'missed';
    const entry: Entry = { cluster: ground.name, fault: place.fault.id, text, outcome: it, why };
    entries.push(entry);
    if (resume) appendFileSync(resume, `${JSON.stringify(entry)}\n`);
  }
}

/** Successful faults of an interrupted run, by the last result of each. */
function wellIn(text: string): Entry[] {
  const lines = text.split('\n').filter(Boolean);
  const last = new Map(
    lines.map((line) => JSON.parse(line) as Entry).map((one) => [`${one.cluster} ${one.text}`, one]),
  );
  return [...last.values()].filter(({ outcome }) => outcome !== 'wrong');
}

/** Whether the newest version of the product can have that fault there. */
function ofNewest({ fault, node, moment }: Placed, { nodes }: FaultCluster): boolean {
  const there = nodes.find(({ name }) => name === node)!;
  return fault.hits({ ...there, version: KNOWN_VERSIONS.at(-1)! }).includes(moment);
}

/** Number of faults for which there was no time. */
let cutOff = 0;

/** Runs on their clusters, several in parallel; none begins after the time is over. */
async function all(runs: readonly (readonly [FaultCluster, readonly Placed[]])[]): Promise<void> {
  const left = [...runs];
  const slots = Array.from({ length: atOnce }, async (_, slot) => {
    while (left.length > 0 && Date.now() < end) await attempt(...left.shift()!, slot);
  });
  await Promise.all(slots);
  cutOff += left.flatMap(([, placed]) => placed).length;
}

async function main(outdir: string): Promise<void> {
  const signal = new AbortController();
  for (const word of ['SIGINT', 'SIGTERM'] as const) process.once(word, () => signal.abort());
  const grounds: FaultCluster[] = [];
  const queue: (readonly [FaultCluster, readonly Placed[]])[] = [];
  for (const name of clusters) {
    const ground = await faultCluster(name, join(outdir, name), signal.signal);
    grounds.push(ground);
    const fixed = (quick[name] ?? []).map((words) => parseFaults(words, ground.nodes));
    const places = everyPlace(ground.nodes).filter(
      (place) =>
        (only?.includes(place.fault.id) ?? true) &&
        !(name.includes('@') && ofNewest(place, ground)) &&
        !(name === 'twenty-node' && !RACES.includes(place.fault.id)),
    );
    const done = new Set(entries.filter(({ cluster }) => cluster === name).map(({ text }) => text));
    const runs = given('quick')
      ? fixed
      : packed(places, 'core').filter((run) => !run.every((place) => done.has(faultText(place))));
    for (const text of runs.flat().map(faultText)) {
      const at = entries.findIndex((entry) => entry.cluster === name && entry.text === text);
      if (at >= 0) entries.splice(at, 1);
    }
    note(`${name}: ${runs.length} runs of ${runs.flat().length} faults`);
    queue.push(...runs.map((run) => [ground, run] as const));
  }
  await all(queue);
  if (given('quick')) await byChance(grounds);
  console.log(tableOf(rowsOf(entries), entries));
  // Options for time and resuming do not change what is tried.
  const command = `npm run faults -- ${process.argv.slice(2).join(' ')}`.replace(/ --(resume|minutes) \S+/g, '');
  if (given('write') && cutOff === 0) {
    const page = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
    const some = given('only') || given('clusters');
    writeWhole(PAGE, pageWith(page, { faults: pageOf(entries, command, some ? page : undefined) }));
  }
  if (cutOff > 0) console.log(`no time for ${cutOff} more: give --minutes`);
  const { tried, wrong } = countsOf(entries);
  console.log(`${tried - wrong} passed, ${wrong} failed`);
  if (wrong > 0 || tried === 0) process.exitCode = 1;
}

/** Draws by increasing seed, at least once; a failure prints how to repeat it. */
async function byChance(grounds: readonly FaultCluster[]): Promise<void> {
  for (let next = seed; Date.now() < end - (next === seed ? 0 : 90_000); next++) {
    const ground = grounds[next % grounds.length]!;
    note(`by chance: --seed ${next} on ${ground.name}`);
    await attempt(ground, drawFaults(next, ground.nodes), 0);
  }
}

inScratch('faults', main);
