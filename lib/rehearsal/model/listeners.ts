import type { Server } from 'node:net';
import type { Place } from './place';
import { ask, type Request } from './wire';

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
      const problem = await new Promise<string | undefined>((resolve) => {
        server.once('error', (error: NodeJS.ErrnoException) => resolve(`port ${port}: ${error.code ?? error.message}`));
        server.listen({ host, port: place.port(port) }, () => resolve(undefined));
      });
      if (problem !== undefined) open.delete(key);
      return problem;
    },
    close(owner: string): void {
      for (const [key, entry] of open) {
        entry.owners.delete(owner);
        if (entry.owners.size > 0) continue;
        entry.server.close();
        open.delete(key);
      }
    },
    askCore<T>(host: string, port: number, request: Request): Promise<T> {
      return ask<T>({ host, port: place.port(port), from: place.bind }, request);
    },
  };
}
