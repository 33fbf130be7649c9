import { readFileSync } from 'node:fs';
import { createServer as createHttp } from 'node:http';
import { connect, createServer, type Server } from 'node:net';
import { callerLine } from './gate';
import { type MetadataNode, metadataAnswer } from './metadata';

/** The configuration of a run's hub, read from a file. */
export interface HubPlan {
  readonly nodes: readonly MetadataNode[];
  /** Socket file of the practice cloud, if there is one. */
  readonly cloud?: string;
  /** Addresses of the databases. */
  readonly databases: readonly { readonly address: string; readonly port: number }[];
}

export const metadataAddress = '169.254.169.254';
export const cloudPort = 5100;

const listening = (server: Server, host: string, port: number) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, resolve);
  });

/** The program of the hub: metadata for every node, the way to the practice cloud, and the databases' ports. */
async function serve(plan: HubPlan): Promise<void> {
  const byAddress = new Map(plan.nodes.map((node) => [node.address, node]));
  const metadata = createHttp((request, response) => {
    const node = byAddress.get((request.socket.remoteAddress ?? '').replace('::ffff:', ''));
    const given = request.headers['x-aws-ec2-metadata-token'];
    const path = (request.url ?? '/').split('?')[0]!;
    const answer = node
      ? metadataAnswer(node, request.method ?? 'GET', path, given === undefined ? undefined : String(given), new Date())
      : { status: 404, body: Buffer.alloc(0) };
    response.writeHead(answer.status, { 'content-type': 'text/plain', 'content-length': answer.body.length });
    response.end(answer.body);
  });
  await listening(metadata, metadataAddress, 80);
  const { cloud } = plan;
  if (cloud !== undefined) {
    const relay = createServer({ allowHalfOpen: true }, (socket) => {
      const there = connect({ path: cloud, allowHalfOpen: true });
      socket.on('error', () => there.destroy());
      there.on('error', () => socket.destroy());
      there.write(callerLine(socket.remoteAddress ?? ''));
      socket.pipe(there).pipe(socket);
    });
    await listening(relay, metadataAddress, cloudPort);
  }
  for (const { address, port } of plan.databases) {
    const database = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.setTimeout(30_000, () => socket.destroy());
      socket.resume();
    });
    await listening(database, address, port);
  }
  process.stdout.write('ready\n');
}

if (require.main === module) {
  serve(JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as HubPlan).catch((error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
}
