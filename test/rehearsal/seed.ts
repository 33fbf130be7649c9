import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { ModelNode } from './model-node';

/** A line as a seed prints it, and what is expected to come back. */
export interface Line {
  readonly typed: string;
  /** Nothing printed means nothing is expected. */
  readonly answer: RegExp;
  /** What is typed or piped after the line. */
  readonly stdin?: string;
}

/** A line and its answer; without one the command must say nothing. */
export const line = (typed: string, answer = /^$/, stdin?: string): Line => ({ typed, answer, stdin });

/** Types the lines of a seed's session on a node, each a test: `$ kato …` as printed, `$ sudo reboot` too. */
export function session(node: () => ModelNode, lines: readonly Line[]): void {
  for (const { typed, answer, stdin } of lines) {
    it(`$ ${typed}`, async () => {
      const text = await type(node(), typed, stdin);
      assert.match(text, answer);
      assert.doesNotMatch(text, /^kato: /m, 'an error of kato');
    });
  }
}

/** What is no command of kato is done as the machine would. */
async function type(node: ModelNode, typed: string, stdin: string | undefined): Promise<string> {
  const [program, ...words] = typed.split(' ');
  switch (program) {
    case 'kato':
      return (await node.kato(words.join(' '), stdin)).text;
    case 'sudo':
      await node.halt();
      if (words[0] === 'reboot') {
        node.boot();
        await node.ready();
      }
      return '';
    case 'touch':
      node.put(words[0]!, '');
      return '';
    default:
      throw new Error(`no program of the model: ${program}`);
  }
}
