import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { netFile } from '../../lib/rehearsal/host/network';

/** What came of a try: somebody answered, the host itself said that nobody listens, or it was kept from going there. */
export type Outcome = 'open' | 'closed' | 'blocked';

export interface Try {
  readonly host: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  /** Own address to use. @default the system's choice */
  readonly from?: string;
}

/** A program in a network namespace that tries connections for us. */
export interface Probe {
  outcomes(tries: readonly Try[]): Promise<Outcome[]>;
  end(): void;
}

const SECONDS = 20;
const AT_ONCE = 32;

export function probeIn(space: string): Probe {
  const words = [`--net=${netFile(space)}`, process.execPath, __filename];
  const child: ChildProcess = spawn('nsenter', words, { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting: ((line: string) => void)[] = [];
  const ended = new Promise<never>((_, reject) => {
    child.once('exit', () => reject(new Error(`the probe in ${space} ended`)));
  });
  ended.catch(() => undefined);
  createInterface({ input: child.stdout! }).on('line', (line) => waiting.shift()?.(line));
  return {
    outcomes(tries) {
      const answer = new Promise<string>((resolve) => waiting.push(resolve));
      child.stdin!.write(`${JSON.stringify(tries)}\n`);
      return Promise.race([answer.then((line) => JSON.parse(line) as Outcome[]), ended]);
    },
    end: () => void child.kill('SIGKILL'),
  };
}

function attempt({ host, port, protocol, from }: Try): Promise<Outcome> {
  return protocol === 'tcp' ? attemptTcp(host, port, from) : attemptUdp(host, port, from);
}

function attemptTcp(host: string, port: number, from: string | undefined): Promise<Outcome> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, localAddress: from });
    const end = (outcome: Outcome) => {
      socket.destroy();
      resolve(outcome);
    };
    socket.setTimeout(SECONDS * 1000, () => end('blocked'));
    socket.once('connect', () => end('open'));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code === 'ECONNREFUSED' ? 'closed' : 'blocked'));
  });
}

/** Nobody listens there: what passes is answered by the host itself. */
function attemptUdp(host: string, port: number, from: string | undefined): Promise<Outcome> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const end = (outcome: Outcome) => {
      clearTimeout(timer);
      socket.close();
      resolve(outcome);
    };
    const timer = setTimeout(() => end('blocked'), SECONDS * 1000);
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code === 'ECONNREFUSED' ? 'closed' : 'blocked'));
    socket.bind({ address: from, exclusive: true }, () => socket.connect(port, host, () => socket.send('?')));
  });
}

async function serve(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const tries = JSON.parse(line) as Try[];
    const outcomes: Outcome[] = [];
    for (let i = 0; i < tries.length; i += AT_ONCE)
      outcomes.push(...(await Promise.all(tries.slice(i, i + AT_ONCE).map(attempt))));
    process.stdout.write(`${JSON.stringify(outcomes)}\n`);
  }
}

if (require.main === module) void serve();
