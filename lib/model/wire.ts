import { connect, createServer, type Server, type Socket } from 'node:net';

/** Where a peer listens: a socket file on this node or a port of another. */
export type Target =
  | { readonly path: string }
  | { readonly host: string; readonly port: number; readonly from?: string };

export interface Request {
  readonly op: string;
  readonly [key: string]: unknown;
}

type Answer = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: string };

/** Said by the peer itself: it was reached and refused. */
export class Refusal extends Error {}

/** Asks a peer one thing over a fresh connection: one line of JSON there, one back. */
export async function ask<T>(target: Target, request: Request, seconds = 5): Promise<T> {
  const line = await converse(target, `${JSON.stringify(request)}\n`, seconds);
  const answer = JSON.parse(line) as Answer;
  if (!answer.ok) throw new Refusal(answer.error);
  return answer.value as T;
}

/** Connects, says `opening` if there is one, and gives the first line that comes back. */
export function converse(target: Target, opening: string | undefined, seconds: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = 'path' in target ? connect(target.path) : connect({ ...target, localAddress: target.from });
    const timer = setTimeout(() => fail(new Error(`no answer in ${seconds} s`)), seconds * 1000);
    const fail = (error: Error) => {
      clearTimeout(timer);
      socket.destroy();
      reject(error);
    };
    const parts: string[] = [];
    socket.setEncoding('utf8');
    socket.once('connect', () => opening !== undefined && socket.write(opening));
    socket.once('error', (error: NodeJS.ErrnoException) => fail(new Error(reason(error))));
    socket.once('end', () => fail(new Error('connection closed')));
    socket.on('data', (part: string) => {
      const end = part.indexOf('\n');
      parts.push(end < 0 ? part : part.slice(0, end));
      if (end < 0) return;
      clearTimeout(timer);
      socket.destroy();
      resolve(parts.join('').trim());
    });
  });
}

function reason(error: NodeJS.ErrnoException): string {
  const known: Record<string, string> = {
    ECONNREFUSED: 'connection refused',
    EHOSTUNREACH: 'no route to host',
    ENETUNREACH: 'network is unreachable',
    ENOENT: 'connection refused',
    ETIMEDOUT: 'connection timed out',
    ENOTFOUND: 'name or service not known',
    EAI_AGAIN: 'name or service not known',
    ECONNRESET: 'connection reset by peer',
  };
  return known[error.code ?? ''] ?? error.message;
}

/** Waits for its turn with a peer and gives what ends it; who dies meanwhile has ended it too. */
export function takeTurn(target: Target, seconds: number): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const socket = 'path' in target ? connect(target.path) : connect({ ...target, localAddress: target.from });
    const end = () => void socket.destroy();
    const fail = (why: string) => {
      clearTimeout(timer);
      end();
      reject(new Error(why));
    };
    const timer = setTimeout(() => fail(`another kato took longer than ${seconds} s`), seconds * 1000);
    socket.once('error', (error: NodeJS.ErrnoException) => fail(reason(error)));
    socket.once('end', () => fail('connection closed'));
    socket.once('data', () => {
      clearTimeout(timer);
      resolve(end);
    });
    socket.write(`${JSON.stringify({ op: 'turn' })}\n`);
  });
}

/** Whose turn it is: one connection after the other, each until it is closed. */
export function takingTurns(): (socket: Socket) => Promise<void> {
  let last = Promise.resolve();
  return (socket) => {
    const before = last;
    const closed = new Promise<void>((resolve) => void socket.once('close', () => resolve()));
    last = before.then(() => (socket.destroyed ? undefined : closed));
    return before;
  };
}

/** Longest request in characters: the data of a node's services comes in one, as text. */
const longest = 256e6;

/** Answers requests, one line each; what `answer` throws goes back in words. */
export function answering(answer: (request: Request, peer: string) => unknown, turn = takingTurns()): Server {
  return createServer((socket) => {
    let parts: string[] = [];
    let length = 0;
    quiet(socket);
    socket.setEncoding('utf8');
    socket.on('data', async (part: string) => {
      const end = part.indexOf('\n');
      parts.push(end < 0 ? part : part.slice(0, end));
      length += part.length;
      if (end < 0) return void (length > longest && socket.destroy());
      const line = parts.join('');
      [parts, length] = [[], 0];
      let reply: Answer;
      try {
        const request = JSON.parse(line) as Request;
        if (request.op === 'turn') {
          socket.setTimeout(0);
          await turn(socket);
          return void (socket.destroyed || socket.write('{"ok":true}\n'));
        }
        const peer = (socket.remoteAddress ?? '').replace('::ffff:', '');
        reply = { ok: true, value: (await answer(request, peer)) ?? null };
      } catch (error) {
        reply = { ok: false, error: (error as Error).message };
      }
      socket.end(`${JSON.stringify(reply)}\n`);
    });
  });
}

/** Greets and says nothing more: enough for a port that only has to answer. */
export function greeting(text: string): Server {
  return createServer((socket) => {
    quiet(socket);
    if (text) socket.write(text);
    socket.resume();
  });
}

/** A peer that breaks off or says nothing for long is let go. */
export function quiet(socket: Socket): void {
  socket.on('error', () => socket.destroy());
  socket.setTimeout(120_000, () => socket.destroy());
}

/** Connects and hangs up: somebody listens there. */
export function touch(target: Target, seconds: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = 'path' in target ? connect(target.path) : connect({ ...target, localAddress: target.from });
    const end = (error?: Error) => {
      clearTimeout(timer);
      socket.destroy();
      error ? reject(error) : resolve();
    };
    const timer = setTimeout(() => end(new Error(`no answer in ${seconds} s`)), seconds * 1000);
    socket.once('connect', () => end());
    socket.once('error', (error: NodeJS.ErrnoException) => end(new Error(reason(error))));
  });
}

/** Waits. */
export function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
