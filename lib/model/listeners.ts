import type { Server } from 'node:net';
import type { Place } from './place';
import { pause } from './wire';

/** The ports of one node: opened by a process, closed with the last process that wanted them. */
export function listeners(place: Place) {
  const open = new Map<string, { server: Server; owners: Set<string> }>();
  return {
    /** Listens on a port, or says in words why not; `inside` keeps it on the node itself. */
    async open(owner: string, port: number, server: Server, inside: boolean): Promise<string | undefined> {
      // Several nodes on one machine share its loopback: there a port of the node itself is not opened at all.
      if (inside && place.bind) return undefined;
      const host = place.bind ?? (inside ? '127.0.0.1' : '0.0.0.0');
      const key = `${host}:${port}`;
      const before = open.get(key);
      if (before) return void before.owners.add(owner);
      const entry = { server, owners: new Set([owner]) };
      open.set(key, entry);
      // A connection that goes out may hold the port for a moment.
      for (let tries = 1; ; tries++) {
        const problem = await listen(server, host, place.port(port));
        if (problem === undefined) return undefined;
        if (tries === 3) {
          open.delete(key);
          return `port ${port}: ${problem}`;
        }
        await pause(0.3);
      }
    },
    close(owner: string): void {
      for (const [key, entry] of open) {
        entry.owners.delete(owner);
        if (entry.owners.size > 0) continue;
        entry.server.close();
        open.delete(key);
      }
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message);
    server.once('error', failed);
    server.listen({ host, port }, () => {
      server.off('error', failed);
      resolve(undefined);
    });
  });
}
