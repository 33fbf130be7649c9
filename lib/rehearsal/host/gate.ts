import type { Socket } from 'node:net';

/** The gate between all nodes and the cloud: lets everything through unless a rule answers instead. */
export interface Gate {
  /** Requests that are answered here and not by the cloud. */
  readonly rules: Set<GateRule>;
}

/** The answer to a request, by its head and the address of the node; undefined to pass it on. */
export type GateRule = (head: string, from: string) => GateAnswer | undefined;

export interface GateAnswer {
  readonly status: number;
  readonly body: unknown;
}

export const makeGate = (): Gate => ({ rules: new Set() });

/** Reads the head of a request and answers it if a rule matches; else `through` gets the connection unchanged. */
export function guard(gate: Gate, socket: Socket, from: string, through: () => void): void {
  if (gate.rules.size === 0) {
    through();
    return;
  }
  let head = '';
  const read = (part: Buffer) => {
    head += part.toString('latin1');
    if (!head.includes('\r\n\r\n') && head.length < 65_536) return;
    socket.off('data', read);
    socket.pause();
    const answer = [...gate.rules].map((rule) => rule(head, from)).find((one) => one !== undefined);
    if (answer) return finish(socket, answer);
    socket.unshift(Buffer.from(head, 'latin1'));
    through();
  };
  socket.on('data', read);
  // It may have been paused before.
  socket.resume();
}

/** The line with the client's address, before a request that another program passes on. */
export const callerLine = (address: string): string => `${address.replace('::ffff:', '')}\n`;

/** Reads that line; the connection then goes on with the request. */
export function readCaller(socket: Socket, then: (address: string) => void): void {
  let text = '';
  const read = (part: Buffer) => {
    text += part.toString('latin1');
    const end = text.indexOf('\n');
    if (end < 0) return;
    socket.off('data', read);
    socket.pause();
    if (end + 1 < text.length) socket.unshift(Buffer.from(text.slice(end + 1), 'latin1'));
    then(text.slice(0, end));
  };
  socket.on('data', read);
}

function finish(socket: Socket, { status, body }: GateAnswer): void {
  const text = JSON.stringify(body);
  // The rest of the request is read and discarded.
  socket.resume();
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`,
  );
}
