import { rmSync } from 'node:fs';
import { deferredFile } from './commands/system';
import { kato, type Terminal } from './kato';
import { type Place, readText } from './place';
import type { Product } from './version';
import { pause } from './wire';
import { parseYaml, type Value } from './yaml';

/** Runs what `kato op defer` kept for this boot, once: first the early ones, then those for after the start (2.6, H). */
export async function runDeferred(place: Place, product: Product, io: Terminal): Promise<void> {
  const file = place.path(deferredFile);
  const text = readText(file);
  if (text === undefined) return;
  rmSync(file);
  const list = parseYaml(text);
  const lines = (Array.isArray(list) ? list : []) as { command: string; late: boolean }[] & Value[];
  // kato needs the node's own config store, also for the early ones (14, H).
  await pause(place.settings.start * 2);
  for (const late of [false, true]) {
    for (const line of lines.filter((l) => l.late === late)) {
      if (late) await kato(place, product, ['process', 'ready', '--block', '600', 'all'], io);
      await kato(place, product, shellWords(line.command), io);
    }
  }
}

/** Splits as a shell does, without expansions. */
export function shellWords(text: string): string[] {
  const words = text.match(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g) ?? [];
  return words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, (_, a?: string, b?: string) => a ?? b ?? ''));
}
