import { createServer, type Server } from 'node:net';
import { busPort } from './roles';
import { quiet } from './wire';

/**
 * The message bus as far as who asks whether it is one: the greeting of NATS, an answer to PING, and an error to what is no word of
 * its protocol (1.1 H that it is NATS). Nothing is published on it: the model's processes need no messages (L).
 */
export function messageBus(host: string): Server {
  return createServer((socket) => {
    quiet(socket);
    socket.write(`INFO ${JSON.stringify({ server_id: 'model', version: '0.5.4', host, port: busPort })}\r\n`);
    let rest = '';
    let skip = 0;
    socket.setEncoding('latin1');
    socket.on('data', (part: string) => {
      rest += part;
      for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
        const line = rest.slice(0, end).trim();
        rest = rest.slice(end + 1);
        // The line after PUB is the message itself.
        if (skip > 0) skip--;
        else if (/^ping$/i.test(line)) socket.write('PONG\r\n');
        else if (/^pub /i.test(line)) skip = 1;
        else if (!/^(connect|sub|unsub|pong)\b/i.test(line))
          return void socket.end("-ERR 'Unknown Protocol Operation'\r\n");
      }
      if (rest.length > 65_536) socket.destroy();
    });
  });
}
