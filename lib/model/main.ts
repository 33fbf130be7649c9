import { readFileSync } from 'node:fs';
import { controlSocket, placeOf, readText } from './place';
import { wrongUser } from './privilege';
import type { Kato } from './session';
import { productOf } from './version';
import { ask, type Target } from './wire';

/** kato itself, loaded when it is called: every program of the node starts for every call. */
const kato: Kato = (...call) => (require('./kato') as typeof import('./kato')).kato(...call);

/**
 * The program behind `/home/stackato/bin/kato` in a model host: `main.js kato <words>` is kato itself,
 * `main.js supervise [--micro]` the daemon of a node, `main.js supervisorctl start <process>` its helper, `main.js
 * stackato <words>` the client that the image carries.
 */
async function main(argv: readonly string[]): Promise<number> {
  const place = placeOf(process.env);
  const text = readText(place.path('/home/stackato/stackato/VERSION'));
  if (text === undefined) return complain('/home/stackato/stackato/VERSION is missing');
  const product = productOf(text);
  const [program, ...rest] = argv;
  const io = {
    out: (line: string) => void process.stdout.write(`${line}\n`),
    err: (line: string) => void process.stderr.write(`${line}\n`),
    stdin: () => readFileSync(0, 'utf8'),
  };
  // Who reads no further ends a kato, as a pipe does, and no daemon.
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', () => void (program === 'supervise' || process.exit(1)));
  switch (program) {
    case 'supervise':
      await (require('./supervisor') as typeof import('./supervisor')).supervise(
        place,
        product,
        rest.includes('--micro'),
      );
      await (require('./deferred') as typeof import('./deferred')).runDeferred(place, product, io, kato);
      return new Promise(() => {});
    case 'supervisorctl':
      return supervisorctl(rest);
    case 'stop-supervisord':
    case 'start-supervisord':
      return supervisord(program.startsWith('stop') ? 'stop' : 'start');
    case 'stackato':
      return (require('./client') as typeof import('./client')).client(place, product, rest, io, kato);
    case 'kato': {
      const refused = place.root === '' ? wrongUser(process.getuid?.(), process.env['STACKATO_LOGIN']) : undefined;
      if (refused !== undefined) {
        io.err(`kato: ${refused}`);
        return product.honestExit ? 1 : 0;
      }
      return kato(place, product, rest, io);
    }
    default:
      return complain(`unknown program: ${program}`);
  }
}

const own = (): Target => ({ path: placeOf(process.env).path(controlSocket) });

const states = () =>
  ask<{ processes: Record<string, { state: string }> }>(own(), { op: 'report' }).then(
    ({ processes }) => processes,
    () => undefined,
  );

/** `stop-supervisord`, `start-supervisord`: all processes of the node, its config store too (10.3, 17; H). */
async function supervisord(verb: 'stop' | 'start'): Promise<number> {
  const processes = await states();
  if (!processes) return complain(`${verb}-supervisord: supervisord does not answer`);
  return supervisorctl([verb, ...Object.keys(processes)]);
}

/** `supervisorctl start config_redis`: what a script needs before kato itself can do anything (4.3-5, M). */
async function supervisorctl([verb, ...names]: readonly string[]): Promise<number> {
  if (verb === 'status') {
    const processes = await states();
    if (!processes) return complain('supervisorctl: supervisord does not answer');
    for (const [name, { state }] of Object.entries(processes)) process.stdout.write(`${name.padEnd(32)} ${state}\n`);
    return 0;
  }
  if (verb === undefined || !['start', 'stop', 'restart'].includes(verb))
    return complain(`unknown command: supervisorctl ${verb ?? ''}`);
  const request = verb === 'stop' ? { op: 'process-stop', names } : { op: 'process', names, again: verb === 'restart' };
  return ask(own(), request).then(
    () => 0,
    (error: Error) => complain(`supervisorctl: ${error.message}`),
  );
}

function complain(message: string): number {
  process.stderr.write(`${message}\n`);
  return 1;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: Error) => process.exit(complain(`kato: ${error.stack ?? error.message}`)),
);
