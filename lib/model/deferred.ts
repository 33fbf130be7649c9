import { rmSync } from 'node:fs';
import { type Place, readText, writeWhole } from './place';
import type { Kato, Session, Terminal } from './session';
import { shellWords } from './shell-words';
import type { Product } from './version';
import { pause } from './wire';
import { parseYaml, type Value, YamlError } from './yaml';

/** Where `kato op defer` keeps commands for the next boot (2.6, H). */
export const deferredFile = '/home/stackato/.kato-deferred';

interface Deferred {
  readonly command: string;
  readonly root: boolean;
  readonly late: boolean;
}

const isDeferred = (line: unknown): line is Value & Deferred =>
  line !== null && typeof line === 'object' && 'command' in line && typeof line.command === 'string';

/** Takes the early or the late lines out of the file. */
function take(place: Place, late: boolean): Deferred[] {
  const file = place.path(deferredFile);
  const list = parseYaml(readText(file) ?? '');
  const lines = (Array.isArray(list) ? list : []).filter(isDeferred);
  const rest = lines.filter((line) => (line.late === true) !== late);
  if (rest.length === lines.length) return [];
  if (rest.length === 0) rmSync(file);
  else writeWhole(file, `---\n${rest.map((line) => `- ${JSON.stringify(line)}\n`).join('')}`);
  return lines.filter((line) => (line.late === true) === late);
}

/**
 * Runs what `kato op defer` kept, once: first the early ones, then those for after the start of all processes (2.6, H).
 * What is deferred while the node boots, before its turn has come, runs in the same boot (L).
 */
export async function runDeferred(place: Place, product: Product, io: Terminal, kato: Kato): Promise<void> {
  // kato needs the node's own config store, also for the early ones (14, H).
  await pause(place.settings.start * 2);
  try {
    for (const { command } of take(place, false)) await kato(place, product, shellWords(command), io);
    if (readText(place.path(deferredFile)) === undefined) return;
    await kato(place, product, ['process', 'ready', '--block', '600', 'all'], io);
    for (const { command } of take(place, true)) await kato(place, product, shellWords(command), io);
  } catch (error) {
    // A node runs on without what somebody wrote there.
    if (!(error instanceof YamlError)) throw error;
    io.err(`${deferredFile}: ${error.message}`);
  }
}

/** Runs them now: the early ones, or those for after the start. */
export async function runDeferredNow(session: Session, late: boolean): Promise<number> {
  let code = 0;
  for (const { command } of take(session.place, late))
    code = Math.max(code, await session.kato(shellWords(command), session.stdin));
  return code;
}
