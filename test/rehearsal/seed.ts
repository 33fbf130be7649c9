import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { it } from 'node:test';
import type { ModelNode } from '../model/node';
import { cloneRepository } from './service-repository';

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
  const shell = { folder: '/home/stackato' };
  for (const { typed, answer, stdin } of lines) {
    it(`$ ${typed}`, async () => {
      const text = await type(node(), shell, typed, stdin);
      assert.match(text, answer);
      assert.doesNotMatch(text, /^(kato|stackato): /m, 'an error of kato');
    });
  }
}

/** What is no program of the model is done as the machine would. */
async function type(node: ModelNode, shell: { folder: string }, typed: string, stdin = ''): Promise<string> {
  const [program = '', ...words] = typed.split(' ');
  const rest = words.join(' ');
  if (program.startsWith('./')) return ran(node.sh(typed, shell.folder));
  switch (program) {
    case 'kato':
      return (await node.kato(rest, stdin)).text;
    case 'stackato':
      // The client's ssh to the API's node, which every session of a seed that types it then is on.
      return rest === 'ssh api' ? loggedIn(node) : (await node.stackato(rest)).text;
    case 'ssh':
      return loggedIn(node);
    case 'sudo':
      if (rest.startsWith('./')) return ran(node.sh(rest, shell.folder));
      await node.halt();
      if (rest === 'reboot') {
        node.boot();
        await node.ready();
      }
      return '';
    case 'touch':
      node.put(rest, '');
      return '';
    case 'git': {
      const name = /\/([^/]+?)(\.git)?$/.exec(rest)![1]!;
      cloneRepository(node, /(elasticsearch|echo)/.exec(name)![1]!, `${shell.folder}/${name}`);
      return '';
    }
    case 'cd':
      shell.folder = `${shell.folder}/${rest}`;
      return '';
    case 'ls':
      return ran(node.sh(`ls -C -w 80 ${rest}`, shell.folder));
    case 'vim': {
      const file = `${shell.folder}/${rest}`;
      node.put(file, node.read(file).replace(new RegExp(`^${stdin.split(':')[0]}:.*$`, 'm'), stdin));
      return '';
    }
    case 'mysql':
      return mysql(stdin);
    default:
      throw new Error(`no program of the model: ${program}`);
  }
}

const ran = ({ code, text }: { code: number | null; text: string }): string => {
  assert.equal(code, 0, text);
  return text;
};

async function loggedIn(node: ModelNode): Promise<string> {
  assert.match((await node.kato('version')).text, /^Stackato v/);
  return '';
}

/** MySQL's client as far as its first answer: whether there is a server to talk to. */
function mysql(host: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host, port: 3306 });
    const end = (text: string) => resolve(socket.destroy() && text);
    socket.once('connect', () => end('mysql> '));
    socket.once('error', () => end(`ERROR 2003 (HY000): Can't connect to MySQL server on '${host}'`));
  });
}
