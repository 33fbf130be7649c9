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
    let text = '';
    socket.setEncoding('utf8');
    socket.once('connect', () => opening !== undefined && socket.write(opening));
    socket.once('error', (error: NodeJS.ErrnoException) => fail(new Error(reason(error))));
    socket.once('end', () => fail(new Error('connection closed')));
    socket.on('data', (part: string) => {
      text += part;
      const end = text.indexOf('\n');
      if (end < 0) return;
      clearTimeout(timer);
      socket.destroy();
      resolve(text.slice(0, end).trim());
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

/** Answers requests, one line each; what `answer` throws goes back in words. */
export function answering(answer: (request: Request, peer: string) => unknown): Server {
  return createServer((socket) => {
    let text = '';
    quiet(socket);
    socket.setEncoding('utf8');
    socket.on('data', async (part: string) => {
      text += part;
      const end = text.indexOf('\n');
      if (end < 0) return void (text.length > 1e6 && socket.destroy());
      const line = text.slice(0, end);
      text = '';
      let reply: Answer;
      try {
        const peer = (socket.remoteAddress ?? '').replace('::ffff:', '');
        reply = { ok: true, value: (await answer(JSON.parse(line) as Request, peer)) ?? null };
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

function quiet(socket: Socket): void {
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
