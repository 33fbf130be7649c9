import { spawnSync } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { ToolError } from '../../base/input';
import type { KatoAnswer } from './kato';

/** Answers the katos of a folder's scripts until it is closed: none of them is a process of Node of its own. */
export interface Switchboard {
  close(): void;
}

/**
 * The program `kato` for a script: it leaves its words in a file named like itself, rings, and waits for its own number
 * with the exit code. What it says lies in files beside.
 */
export const KATO = `#!/bin/sh
f=$ROOT/call-$$
for w; do printf '%s\\0' "$w"; done >"$f.words"
echo $$ >"$ROOT/ring"
while read -r n e; do [ "$n" = $$ ] && break; done <"$ROOT/answer"
[ ! -s "$f.out" ] || cat "$f.out"
[ ! -s "$f.err" ] || cat "$f.err" >&2
rm -f "$f".*
exit $e
`;

/**
 * Opens it in the folder that is `$ROOT` to the scripts.
 * @throws ToolError when there is no mkfifo
 */
export function openSwitchboard(root: string, answer: (words: readonly string[]) => KatoAnswer): Switchboard {
  const [ring, back] = [join(root, 'ring'), join(root, 'answer')];
  const { status } = spawnSync('mkfifo', [ring, back]);
  if (status !== 0) throw new ToolError('a rehearsal needs mkfifo on this machine', 'install mkfifo');
  // For both: to open a pipe that nobody else holds would wait, and to read it would end when a script does.
  const both = constants.O_RDWR | constants.O_NONBLOCK;
  const said = openSync(back, both);
  const heard = new Socket({ fd: openSync(ring, both), readable: true, writable: false });
  let rest = '';
  heard.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    for (const caller of lines) writeSync(said, `${caller} ${replied(join(root, `call-${caller}`), answer)}\n`);
  });
  return {
    close() {
      heard.destroy();
      closeSync(said);
    },
  };
}

/** Lays what kato says where its caller looks, and gives the exit code. */
function replied(call: string, answer: (words: readonly string[]) => KatoAnswer): number {
  try {
    const { code, out, err } = answer(readFileSync(`${call}.words`, 'utf8').split('\0').slice(0, -1));
    writeFileSync(`${call}.out`, out);
    writeFileSync(`${call}.err`, err);
    return code;
  } catch (error) {
    // As a program that crashes: the script goes on to tell of it.
    writeFileSync(`${call}.err`, `${(error as Error).stack}\n`);
    return 1;
  }
}
