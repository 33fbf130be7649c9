import { gunzipSync, gzipSync } from 'node:zlib';

const packed = (userData: Buffer) => userData[0] === 0x1f && userData[1] === 0x8b;
const textOf = (userData: Buffer) => (packed(userData) ? gunzipSync(userData) : userData).toString('utf8');
const line = /^stage (\w+) (\d+)/gm;

/** The stages of the boot script in user data, in order, each with the shell of its body; empty for other user data. */
export function stagesOf(userData: Buffer): Map<string, string> {
  const text = textOf(userData);
  const bodies = new Map(
    [...text.matchAll(/^s_(\w+)\(\) \{\n([\s\S]*?)\n\}$/gm)].map((match) => [match[1]!, match[2]!]),
  );
  return new Map([...text.matchAll(line)].map((match) => [match[1]!, bodies.get(match[1]!) ?? '']));
}

/**
 * The same user data with shorter limits of its stages, so that a rehearsal sees a wait of an hour end. Only these numbers
 * differ from the cloud's user data. `seconds`: the new limit of a stage.
 */
export function shorten(userData: Buffer, seconds: number): Buffer {
  const text = textOf(userData).replace(line, (_, stage: string, limit: string) => {
    return `stage ${stage} ${Math.min(seconds, Number(limit))}`;
  });
  return packed(userData) ? gzipSync(text) : Buffer.from(text);
}

/** Where the boot script in a node's user data mounts data disks. */
export function mountsOf(userData: Buffer): string[] {
  const body = stagesOf(userData).get('disk') ?? '';
  return [...body.matchAll(/^ *disk \d+ '?([^\s']+)'?$/gm)].map((match) => match[1]!);
}
