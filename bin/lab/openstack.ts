import { didYouMean, ToolError } from '../../lib/base/input';
import type { Io } from '../../lib/base/voice';
import { shellLines } from '../../lib/cloud-api/environment';
import { type OpenstackLab, openstackLab, openstackParts } from '../../lib/lab/openstack-lab';
import { confirm } from '../terminal/confirm';

export interface OpenstackLabVerb {
  /** Optional services, separated by commas. */
  readonly with?: string;
  /** Install without asking. */
  readonly yes?: boolean;
  /** Text of Terraform's CLI configuration. */
  readonly cliConfig?: string;
}

const ACTIONS = ['up', 'down', 'reset', 'status', 'env'];

/** `lab up|down|reset|status|env --cloud openstack`: the practice cloud of this user. */
export async function runOpenstackLab(args: readonly string[], options: OpenstackLabVerb, io: Io): Promise<number> {
  const [action = '', user] = args;
  const { cliConfig } = options;
  const lab = openstackLab({
    ...(options.with === undefined ? {} : { with: openstackParts(options.with) }),
    ...(cliConfig === undefined ? {} : { cliConfig }),
  });
  switch (action) {
    case 'up':
      return up(lab, options, io);
    case 'down': {
      const ran = await lab.down();
      const text = ran ? 'practice cloud stopped; its contents are kept' : 'practice cloud was not up';
      io.out(io.json ? JSON.stringify({ up: false, ran }) : text);
      return 0;
    }
    case 'reset': {
      await stepped(
        io,
        'practice',
        (note) => lab.reset(note, io.signal),
        () => 'cloud is empty again',
      );
      if (io.json) io.out(JSON.stringify(await lab.status()));
      return 0;
    }
    case 'status':
      return status(lab, io);
    case 'env': {
      if (user !== undefined && user !== 'demo' && user !== 'admin') {
        const what = `the practice cloud has no user ${user}${didYouMean(user, ['demo', 'admin'])}`;
        throw new ToolError(what, 'cdktf-stackato lab env demo|admin --cloud openstack');
      }
      const env = await lab.env(user);
      io.out(io.json ? JSON.stringify(env) : shellLines(env));
      return 0;
    }
    default: {
      const what = `lab has no action ${action} on OpenStack${didYouMean(action, ACTIONS)}`;
      throw new ToolError(what, `cdktf-stackato lab ${ACTIONS.join('|')} --cloud openstack`);
    }
  }
}

/**
 * Shows what would be installed, and asks.
 * @throws ToolError when the answer is not yes
 */
export async function mayInstall(missing: readonly string[], options: { yes?: boolean }, io: Io): Promise<void> {
  io.err('the OpenStack practice cloud needs Debian packages; apt-get will install:');
  for (const line of missing) io.err(`  ${line}`);
  io.err('  the system starts none of them; they stay installed when the practice cloud goes down');
  const agreed =
    options.yes === true ||
    Boolean(process.env['CI']) ||
    (await confirm(io, 'Install them?', 'yes', 'repeat with --yes'));
  if (!agreed) throw new ToolError('nothing was installed', 'cdktf-stackato lab up (AWS) needs no root');
}

async function up(lab: OpenstackLab, options: OpenstackLabVerb, io: Io): Promise<number> {
  const missing = await lab.missing();
  if (missing.length > 0) {
    await mayInstall(missing, options, io);
    await stepped(
      io,
      'packages',
      (note) => lab.install(note, io.signal),
      () => 'installed',
    );
  }
  const before = (await lab.status()).up;
  const now = await stepped(
    io,
    'practice',
    (note) => lab.up(note, io.signal),
    ({ endpoint, memoryMib }) => `cloud ${before ? 'is' : 'up'} on ${endpoint}, ${memoryMib} MiB`,
  );
  if (io.json) io.out(JSON.stringify(now));
  else io.out('next: eval "$(cdktf-stackato lab env --cloud openstack)" and any OpenStack tool');
  return 0;
}

async function status(lab: OpenstackLab, io: Io): Promise<number> {
  const now = await lab.status();
  if (io.json) {
    io.out(JSON.stringify(now));
    return 0;
  }
  if (now.processes.length === 0) {
    io.out('down');
    return 0;
  }
  const dead = now.processes.filter((one) => one.pid === undefined).map((one) => one.name);
  const parts = now.parts.length > 0 ? `, with ${now.parts.join(', ')}` : '';
  const what = dead.length === 0 ? `up on ${now.endpoint}` : `broken: ${dead.join(', ')} died`;
  io.out(`${what} (${now.processes.length - dead.length} processes, ${now.memoryMib} MiB${parts})`);
  for (const name of dead) io.out(`  ${lab.stateDir}/log/${name}.log`);
  return 0;
}

async function stepped<T>(
  io: Io,
  label: string,
  work: (note: (text: string) => void) => Promise<T>,
  said: (value: T) => string,
): Promise<T> {
  const step = io.step(label);
  try {
    const value = await work((text) => step.note(text));
    step.done(said(value));
    return value;
  } catch (error) {
    step.fail();
    throw error;
  }
}
