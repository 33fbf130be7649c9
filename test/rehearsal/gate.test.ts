import assert from 'node:assert/strict';
import { request } from 'node:http';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { describe, it } from 'node:test';
import { callerLine, guard, makeGate, readCaller } from '../../lib/rehearsal/host/gate';

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** What a node's question gets, when another program leads it to the gate. */
async function asked(port: number, from: string): Promise<{ status: number; text: string }> {
  const socket = connect({ host: '127.0.0.1', port });
  socket.write(callerLine(from));
  return new Promise((resolve, reject) => {
    const question = request({ createConnection: () => socket, path: '/secret', method: 'POST' }, (answer) => {
      let text = '';
      answer.on('data', (part) => (text += part));
      answer.on('end', () => resolve({ status: answer.statusCode!, text }));
    });
    question.on('error', reject);
    question.end('a body');
  });
}

describe('the gate before a cloud', () => {
  it('refuses the node that a rule is about, and leads all others through with their whole request', {
    timeout: 10_000,
  }, async () => {
    const gate = makeGate();
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      readCaller(socket, (from) =>
        guard(gate, socket, from, () => {
          let text = '';
          socket.on('data', (part: Buffer) => {
            text += String(part);
            if (!text.includes('a body')) return;
            const whole = text.startsWith('POST /secret HTTP/1.1\r\n') ? 'whole' : text;
            socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${whole.length}\r\nConnection: close\r\n\r\n${whole}`);
          });
          socket.resume();
        }),
      );
    });
    const port = await listen(server);
    try {
      assert.deepEqual(await asked(port, '::ffff:10.0.0.11'), { status: 200, text: 'whole' });
      gate.rules.add((head, from) =>
        from === '10.0.0.11' && head.startsWith('POST /secret') ? { status: 400, body: { no: true } } : undefined,
      );
      assert.deepEqual(await asked(port, '::ffff:10.0.0.11'), { status: 400, text: '{"no":true}' });
      assert.deepEqual(await asked(port, '10.0.0.12'), { status: 200, text: 'whole' });
    } finally {
      server.close();
    }
  });
});
