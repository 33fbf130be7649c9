import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A stand-in for a cloud, for nodes of a stack that was never deployed. */
export interface StandIn {
  /** `http://127.0.0.1:40001` */
  readonly endpoint: string;
  close(): Promise<void>;
}

export interface StandInAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Listens on a free port of loopback, and answers every request by its whole text. */
export async function listen(answer: (request: IncomingMessage, text: string) => StandInAnswer): Promise<StandIn> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { status, headers, text } = answer(request, Buffer.concat(parts).toString());
      response.writeHead(status, headers);
      response.end(text);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
