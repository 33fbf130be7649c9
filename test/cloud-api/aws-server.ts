import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came in. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
}

/** What is answered; nothing at all, ever, where it is undefined. */
export type Answer = { readonly status?: number; readonly body: string } | undefined;

/** A server on loopback that speaks as AWS does, as far as a test tells it. */
export interface AwsServer {
  readonly url: string;
  readonly seen: Seen[];
  /** What comes next, in order. */
  answers: Answer[];
  close(): void;
}

/** Starts one; `always` answers what no answer was given for. */
export async function awsServer(always: (request: Seen) => Answer = () => ({ status: 400, body: '' })) {
  const seen: Seen[] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.once('end', () => {
      const now = { method: request.method ?? '', path: request.url ?? '', body, headers: request.headers };
      seen.push(now);
      const answer = here.answers.length > 0 ? here.answers.shift() : always(now);
      if (answer) response.writeHead(answer.status ?? 200).end(answer.body);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const here: AwsServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    answers: [],
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return here;
}

/** The parameters of a query. */
export const parametersOf = ({ body }: Seen) => Object.fromEntries(new URLSearchParams(body));

/** Whose key signed a request. */
export const signerOf = ({ headers }: Seen) => /Credential=([^/]+)\//.exec(headers.authorization ?? '')?.[1];

/** EC2's way to say no. */
export const refusal = (code: string, message = 'm') =>
  `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors></Response>`;
