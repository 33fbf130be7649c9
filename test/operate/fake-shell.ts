import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { NodeShell, ShellAnswer } from '../../lib/operate/node-shell';

/** Where nodes look for secrets. */
export const FOLDER = '/var/lib/stackato-node';

/** A shell whose nodes are folders below `root`; `before` may answer in a node's place. */
export function folderShell(
  root: string,
  which = 'dash',
  before: (node: string, script: string, input?: Buffer) => ShellAnswer | undefined = () => undefined,
): NodeShell {
  const [program, ...args] = which === 'busybox' ? ['busybox', 'sh'] : [which];
  return {
    async run(node, script, input, signal) {
      const answer = before(node, script, input);
      if (answer) return answer;
      const text = script.replaceAll(FOLDER, join(root, node));
      return new Promise((done) => {
        const child = spawn(program!, [...args, '-c', text], { signal });
        const out: Buffer[] = [];
        let err = '';
        child.stdout.on('data', (d: Buffer) => out.push(d));
        child.stderr.on('data', (d: Buffer) => (err += d.toString()));
        child.stdin.on('error', () => undefined);
        child.on('error', () => undefined);
        child.on('close', (code) => done({ state: 'ran', code: code ?? 255, out: Buffer.concat(out), err }));
        child.stdin.end(input);
      });
    },
  };
}
