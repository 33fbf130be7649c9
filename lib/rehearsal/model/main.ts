import { readFileSync } from 'node:fs';
import { runDeferred } from './deferred';
import { kato } from './kato';
import { placeOf, readText } from './place';
import { supervise } from './supervisor';
import { productOf } from './version';

/**
 * The program behind `/home/stackato/bin/kato` in a model host: `main.js kato <words>` is kato itself,
 * `main.js supervise [--micro]` the daemon of a node, `main.js supervisorctl start <process>` its helper.
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
  switch (program) {
    case 'supervise':
      await supervise(place, product, rest.includes('--micro'));
      await runDeferred(place, product, io);
      return new Promise(() => {});
    case 'supervisorctl':
      return kato(place, product, ['process', rest[0] ?? '', ...rest.slice(1)], io);
    case 'kato': {
      const refused = place.root === '' && wrongUser();
      if (refused) {
        io.err(`kato: ${refused}`);
        return product.honestExit ? 1 : 0;
      }
      return kato(place, product, rest, io);
    }
    default:
      return complain(`unknown program: ${program}`);
  }
}

/** kato runs as `stackato` in a login shell, never as root (2.1, H). */
function wrongUser(): string | false {
  if (process.getuid?.() === 0) return 'must not be run as root; use: su - stackato';
  if (process.env['STACKATO_LOGIN'] !== '1') return 'needs a login shell; use: su - stackato';
  return false;
}

function complain(message: string): number {
  process.stderr.write(`${message}\n`);
  return 1;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: Error) => process.exit(complain(`kato: ${error.stack ?? error.message}`)),
);
