import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:net';
import { ToolError } from '../../base/input';
import { netFile } from './network';

const SECONDS = 20;

/**
 * Opens ports on the loopback of a node's network and returns the servers, which live in this process: the node can then
 * reach services on this machine's loopback at the same address.
 * @throws ToolError when a port cannot be opened
 */
export function nodeLoopback(space: string, ports: readonly number[]): Promise<Server[]> {
  const words = [`--net=${netFile(space)}`, process.execPath, __filename, ...ports.map(String)];
  const child = spawn('nsenter', words, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const servers: Server[] = [];
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), SECONDS * 1000);
    child.stderr?.on('data', (part: Buffer) => said.push(part.toString()));
    child.on('message', (_, handle) => {
      servers.push(handle as Server);
      if (servers.length === ports.length) child.disconnect();
    });
    child.once('error', (error) => said.push(error.message));
    child.once('exit', () => {
      clearTimeout(timer);
      if (servers.length === ports.length) return resolve(servers);
      for (const server of servers) server.close();
      const what = `the network of ${space} could not listen on 127.0.0.1, ports ${ports.join(', ')}`;
      reject(new ToolError(what, undefined, said.join('').slice(-1000)));
    });
  });
}

/**
 * Listens on a port of the loopback of this process's network.
 * @throws Error when it cannot
 */
export function loopbackServer(port: number): Promise<Server> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port }, () => resolve(server));
  });
}

/** In the node's network: opens each port and hands it over; ends when it is released. */
async function open(ports: readonly number[]): Promise<void> {
  for (const port of ports) {
    const server = await loopbackServer(port);
    await new Promise<void>((resolve, reject) => {
      process.send!('open', server, {}, (error) => (error ? reject(error) : resolve()));
    });
  }
  process.once('disconnect', () => process.exit(0));
}

if (require.main === module) {
  open(process.argv.slice(2).map(Number)).catch((error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
}
