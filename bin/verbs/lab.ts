import { didYouMean, ToolError } from '../../lib/base/input';
import type { Io } from '../../lib/base/voice';
import { assertPractice, shellLines, withLab } from '../../lib/cloud-api/environment';
import { labHere, mirrorConfig } from '../../lib/deploy/deployment';
import type { AwsLab } from '../../lib/lab/aws-lab';
import { parseFaults } from '../../lib/lab/fault-proxy';
import { seed } from '../../lib/lab/seed';
import { runOpenstackLab } from '../lab/openstack';
import { synthesizeTarget } from '../synthesize';

export interface LabOptions {
  /** @default aws */
  readonly cloud?: string;
  /** OpenStack: optional services, with commas. */
  readonly with?: string;
  /** OpenStack: install Debian's packages without asking. */
  readonly yes?: boolean;
  readonly port?: string | number;
  readonly faults?: boolean;
  readonly mirror?: string;
}

const ACTIONS = ['up', 'down', 'reset', 'status', 'env', 'seed', 'faults'];

/** `lab up|down|reset|status|env|seed|faults`: the practice cloud of this folder. */
export async function run(args: readonly string[], options: LabOptions, io: Io): Promise<number> {
  const [action = '', json] = args;
  if (!ACTIONS.includes(action)) {
    const what = action ? `lab has no action ${action}${didYouMean(action, ACTIONS)}` : 'lab needs an action';
    throw new ToolError(what, `cdktf-stackato lab ${ACTIONS.join('|')}`);
  }
  const { cloud = 'aws', mirror, faults } = options;
  if (cloud === 'openstack') {
    return runOpenstackLab(args, { with: options.with, yes: options.yes, cliConfig: mirrorConfig(mirror) }, io);
  }
  if (cloud !== 'aws') {
    throw new ToolError(`there is no practice cloud for ${cloud}`, 'cdktf-stackato lab up --cloud aws|openstack');
  }
  const lab = labHere({ port: portOf(options.port), faults, mirror });
  switch (action) {
    case 'up':
      return up(lab, io);
    case 'down': {
      const ran = await lab.down();
      io.out(
        io.json ? JSON.stringify({ up: false, ran }) : ran ? 'practice cloud stopped' : 'practice cloud was not up',
      );
      return 0;
    }
    case 'reset':
      await lab.reset();
      io.out(io.json ? JSON.stringify(lab.status()) : 'practice cloud is empty again');
      return 0;
    case 'status':
      return status(lab, io);
    case 'env': {
      const env = lab.env();
      io.out(io.json ? JSON.stringify(env) : shellLines(env));
      return 0;
    }
    case 'seed': {
      if (!json) throw new ToolError('lab seed needs a target', 'cdktf-stackato lab seed cluster.yaml');
      const target = await synthesizeTarget(json, { cloud: options.cloud }, io);
      const env = withLab(process.env, lab.env());
      assertPractice(env);
      const made = await seed(target, env, io.signal);
      const all = [...made.keyNames, ...made.secrets];
      io.out(io.json ? JSON.stringify(made) : all.length ? `made ${all.join(', ')}` : 'everything exists already');
      return 0;
    }
    default: {
      const state = await lab.faults(json === undefined ? undefined : parseFaults(json));
      io.out(JSON.stringify(state, undefined, io.json ? undefined : 2));
      return 0;
    }
  }
}

async function up(lab: AwsLab, io: Io): Promise<number> {
  const before = lab.status().up;
  const step = io.step('practice');
  try {
    const now = await lab.up((text) => step.note(text), io.signal);
    step.done(`cloud ${before ? 'is' : 'up'} on ${now.endpoint}${now.faultProxy ? ', through the fault proxy' : ''}`);
    if (io.json) io.out(JSON.stringify(now));
    else io.out('next: cdktf-stackato deploy TARGET --practice, or eval "$(cdktf-stackato lab env)" and any tool');
    return 0;
  } catch (error) {
    step.fail();
    throw error;
  }
}

function status(lab: AwsLab, io: Io): number {
  const now = lab.status();
  const size = now.memoryMib === undefined ? '' : `, ${now.memoryMib} MiB`;
  const faults = now.faultProxy ? ', fault proxy in front' : '';
  if (io.json) io.out(JSON.stringify(now));
  else io.out(now.up ? `up on ${now.endpoint} (process ${now.pid}${size}${faults})` : 'down');
  return 0;
}

function portOf(port: string | number | undefined): number | undefined {
  if (port === undefined) return undefined;
  const n = Number(port);
  if (Number.isInteger(n) && n > 0 && n < 65_535) return n;
  throw new ToolError(`--port ${port} is not a port`, 'write a number from 1 to 65534, for example --port 5110');
}
