#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { InputError, ToolError } from '../lib/base/input';
import type { Io } from '../lib/base/voice';
import { oneLanguage, readOnce } from './start';
import { terminalIo } from './terminal/io';
import { printError } from './terminal/print-error';

/** A verb's module, `verbs/<verb>`: loaded only when it is called, and by `require`, which starts sooner than `import`. */
type Verb = { run(args: readonly string[], options: Record<string, unknown>, io: Io): Promise<number> };

const cancelled = new AbortController();
let verbose = false;

async function main(): Promise<number> {
  const program = new Command('cdktf-stackato')
    .description('Stackato PaaS clusters as code: declare, check, deploy, rehearse and review.')
    .version(
      (JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as { version: string }).version,
    )
    .option('--json', 'results as JSON on standard output, progress on standard error')
    .showHelpAfterError('`cdktf-stackato help` lists the verbs.')
    .showSuggestionAfterError()
    .exitOverride();
  let exit = 0;
  const verb = (usage: string, about: string) => {
    const module = `./verbs/${usage.split(' ')[0]}`;
    const command = program.command(usage).description(about).option('--json', 'results as JSON');
    command.action(async (...all: unknown[]) => {
      const args = (all.slice(0, -2) as (string | string[] | undefined)[])
        .flat()
        .filter((a): a is string => a !== undefined);
      const options = { ...program.opts(), ...(all.at(-2) as Record<string, unknown>) };
      const io = terminalIo({ json: options['json'] === true, signal: cancelled.signal });
      exit = await (require(module) as Verb).run(args, options, io);
    });
    return command;
  };
  const cloud = () => new Option('--cloud <name>', 'which of the declared clouds').choices(['aws', 'openstack']);
  const mirror = [
    '--mirror <folder>',
    'folder of provider plugins, as <host>/<namespace>/<name>/<version>/<platform>',
  ] as const;
  const practice = ['--practice', 'against the practice cloud on this machine, never a real account'] as const;

  verb('init [folder]', 'begin a project: a cluster to edit, and what deploys it');
  verb('check <file>', 'check a declaration').option(
    '--parity',
    'with what each cloud makes of it, and what it cannot',
  );
  verb('show <file>', 'show what a declaration means: nodes, boot, firewall')
    .addOption(
      new Option('--format <format>', 'text, mermaid or json').choices(['text', 'mermaid', 'json']).default('text'),
    )
    .option('--brief', 'the picture and the nodes only');
  verb('synth <target>', 'write Terraform for a file or a stack')
    .addOption(cloud())
    .option('--outdir <folder>', 'where to', 'cdktf.out');
  verb('plan <target>', 'what Terraform would do')
    .addOption(cloud())
    .option(...practice)
    .option(...mirror)
    .option('--engine <program>', 'terraform or tofu')
    .option('--out <file>', "keep the engine's own plan file")
    .option('--plan-json <file>', 'keep the plan as JSON, for a review')
    .option('--detailed-exitcode', 'exit 2 when there are changes');
  verb('deploy <target>', 'plan, ask, apply, and plan again')
    .addOption(cloud())
    .option(...practice)
    .option(...mirror)
    .option('--engine <program>', 'terraform or tofu')
    .option('--heal', 'take what an interrupted run left into the state where it keeps data, delete the rest')
    .option('--ignore-orphans', 'go on although the cloud holds what an interrupted run left')
    .option('--auto-approve', 'do not ask');
  verb('destroy <target>', 'destroy a deployment')
    .addOption(cloud())
    .option(...practice)
    .option(...mirror)
    .option('--engine <program>', 'terraform or tofu')
    .option('--including-data', 'also what keeps data; on AWS last snapshots stay')
    .option('--auto-approve', 'do not ask');
  verb('deliver <target>', 'bring the nodes their secrets over ssh, where no store does')
    .addOption(cloud())
    .option('--secrets <folder>', 'with a file for each secret, named like it')
    .option('--node <names...>', 'only these nodes')
    .option('--identity <file>', "private key of the cluster's key pair")
    .option('--user <name>', 'login on the nodes', 'stackato')
    .option('--via <host>', 'reach all nodes through this host instead of the core: [user@]host[:port]')
    .option('--limit <seconds>', 'how long a node is waited for', wholeSeconds)
    .option(...mirror)
    .option('--engine <program>', 'terraform or tofu');
  verb('wait <target>', 'wait until the nodes have booted; name what keeps those that have not')
    .addOption(cloud())
    .option('--limit <seconds>', 'how long all of them are waited for', wholeSeconds)
    .option('--node <names...>', 'only these nodes')
    .addOption(new Option('--via <way>', 'how they are looked at (ssh, else console)').choices(['ssh', 'console']))
    .option('--identity <file>', "private key of the cluster's key pair")
    .option('--user <name>', 'login on the nodes', 'stackato')
    .option(...mirror)
    .option('--engine <program>', 'terraform or tofu');
  verb('review', 'what a plan means for nodes, roles and data')
    .requiredOption('--plan <file>', 'output of `terraform show -json`; - for standard input')
    .option('--diagnostics <file>', 'output of `terraform plan -json`, for a plan that was refused')
    .addOption(new Option('--format <format>', 'text, md or json').choices(['text', 'md', 'json']).default('text'))
    .option('--out <file>', 'write to a file')
    .option('--fail-on <severities>', 'severities that block, with commas')
    .option('--full', 'text: with every resource and all evidence')
    .option('--detailed-exitcode', 'exit 2 when there are changes');
  verb('rehearse <target>', 'boot every node on this machine against the model of kato')
    .addOption(cloud())
    .addOption(
      new Option('--from <source>', 'nodes as deployed on the practice cloud, or as synthesized')
        .choices(['deployed', 'synth'])
        .default('deployed'),
    )
    .option('--twice', 'boot every node again: nothing may happen twice')
    .option('--outdir <folder>', 'where the stack is synthesized', 'cdktf.out')
    .option('--nodes <name...>', 'boot these only, and the core')
    .option('--no-firewall', 'let everything through, whatever the security groups say')
    .option('--keep', 'leave the hosts for a look, also when all is well')
    .option('--no-keep', 'remove the hosts also when something is wrong; so it is in CI')
    .option('--clean', 'only remove the hosts that a rehearsal left')
    .option('--fault <id[:node][@stage][+seconds]>', 'what is to go wrong; may be given again', collected)
    .option('--seed <number>', 'faults by chance, the same for the same number', wholeNumber)
    .option('--timeline <file.svg>', 'write the time line as a picture')
    .option('--limit <seconds>', 'limit of each boot', wholeSeconds);
  verb('lab <action> [argument]', 'the practice cloud: up, down, reset, status, env, seed TARGET, faults JSON')
    .addOption(new Option('--cloud <name>', 'which practice cloud').choices(['aws', 'openstack']).default('aws'))
    .option('--port <port>', 'AWS: where it listens, on loopback')
    .option(...mirror)
    .option('--faults', 'AWS, up: with the fault proxy before it')
    .option('--with <parts>', 'OpenStack, up: octavia,designate,barbican, some of them, or none')
    .option('--yes', "OpenStack, up: install Debian's packages without asking");
  verb('explain [rule]', 'what a rule of check or review means');
  verb('schema', 'the JSON Schema of a declaration');
  verb('quickstart', 'the whole way once, on the practice cloud')
    .addOption(
      new Option('--cloud <name>', 'on which practice cloud; default: aws, or as STACKATO_PRACTICE says').choices([
        'aws',
        'openstack',
      ]),
    )
    .option('--yes', "OpenStack: install Debian's packages without asking")
    .option('--keep', 'leave the practice cloud and the deployment');

  await program.parseAsync();
  return exit;
}

const collected = (word: string, before: readonly string[] = []) => [...before, word];

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('write a number, from 0 to 999999999');
}

function wholeSeconds(text: string): number {
  const seconds = Number(text);
  if (Number.isInteger(seconds) && seconds > 0 && seconds <= 86_400) return seconds;
  throw new InvalidArgumentError('write seconds, from 1 to 86400');
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (cancelled.signal.aborted) process.exit(130);
    process.exitCode = 130;
    cancelled.abort(signal);
  });
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever read has gone (`show | head`): what is being done is finished, only nobody is told.
    if (error.code !== 'EPIPE') throw error;
  });
}

verbose = Boolean(process.env['STACKATO_DEBUG']);
oneLanguage();
readOnce();
main()
  .then((exit) => {
    process.exitCode = cancelled.signal.aborted ? 130 : exit;
  })
  .catch((error: unknown) => {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 1;
      return;
    }
    const json = process.argv.includes('--json');
    printError(error instanceof Error ? error : new Error(String(error)), {
      json,
      verbose,
      expected: error instanceof InputError || error instanceof ToolError,
    });
    process.exitCode = cancelled.signal.aborted ? 130 : 1;
  });
