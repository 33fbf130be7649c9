import type { Socket } from 'node:net';

/** What stands between all nodes and the cloud that they ask: lets everything through until it is told otherwise. */
export interface Gate {
  /** Questions that are answered here and not by the cloud; each gives the answer to a request, by its head, or nothing. */
  readonly rules: Set<(head: string) => GateAnswer | undefined>;
}

export interface GateAnswer {
  readonly status: number;
  readonly body: unknown;
}

export const makeGate = (): Gate => ({ rules: new Set() });

/** Reads the head of a request and answers it if a rule says so; else `through` gets the connection as it was. */
export function guard(gate: Gate, socket: Socket, through: () => void): void {
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
    const answer = [...gate.rules].map((rule) => rule(head)).find((one) => one !== undefined);
    if (answer) return finish(socket, answer);
    socket.unshift(Buffer.from(head, 'latin1'));
    through();
  };
  socket.on('data', read);
}

function finish(socket: Socket, { status, body }: GateAnswer): void {
  const text = JSON.stringify(body);
  // What is still to come of the request is read and forgotten.
  socket.resume();
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`,
  );
}
