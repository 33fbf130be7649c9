import { synthesizeTarget } from '../../bin/synthesize';
import { run } from '../../bin/verbs/wait';
import { sshShell } from '../../lib/operate/ssh';
import { collectedIo } from '../collected-io';

/** What a test in another network namespace asks for. */
export interface WaitInside {
  readonly file: string;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly identity: string;
  readonly port: number;
}

/** How it ended. */
export interface WaitedInside {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Every change of what the nodes are at. */
  readonly shown: string;
}

/** Runs the verb as a person would who sits in this network; nodes' sshd listens on a port of its own, since a model has theirs. */
async function main({ file, outputs, identity, port }: WaitInside): Promise<void> {
  const io = collectedIo();
  const shown: string[] = [];
  const code = await run([file], { identity, user: 'root', via: 'ssh', limit: 240, cloud: 'openstack' }, io, {
    synthesize: synthesizeTarget,
    outputs: async () => outputs,
    shell: (options) =>
      sshShell({
        ...options,
        connectSeconds: 5,
        places: Object.fromEntries(Object.entries(options.places).map(([node, place]) => [node, { ...place, port }])),
      }),
    console: async () => undefined,
    stream: {
      write(text) {
        shown.push(text);
        process.stderr.write(text);
      },
    },
  });
  const waited: WaitedInside = { code, out: io.text(), err: io.messages(), shown: shown.join('') };
  process.stdout.write(JSON.stringify(waited));
}

if (require.main === module) void main(JSON.parse(process.argv[2]!) as WaitInside);
