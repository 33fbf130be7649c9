import { type Command, Option } from 'commander';
import {
  autoApprove,
  cloud,
  collected,
  engine,
  identity,
  mirror,
  onlyNodes,
  practice,
  user,
  wholeNumber,
  wholeSeconds,
} from './options';

/** Adds a verb to the command: its usage, and what it is about. */
type Verb = (usage: string, about: string) => Command;

/** All verbs of the command, in the order of its help. */
export function declareVerbs(verb: Verb): void {
  declarations(verb);
  deployments(verb);
  nodes(verb);
  review(verb);
  rehearse(verb);
  learning(verb);
}

/** What is done with a declaration before any cloud. */
function declarations(verb: Verb): void {
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
}

function deployments(verb: Verb): void {
  verb('plan <target>', 'what Terraform would do')
    .addOption(cloud())
    .option(...practice)
    .option(...mirror)
    .option(...engine)
    .option('--out <file>', "keep the engine's own plan file")
    .option('--plan-json <file>', 'keep the plan as JSON, for a review')
    .option('--detailed-exitcode', 'exit 2 when there are changes');
  verb('deploy <target>', 'plan, ask, apply, and plan again')
    .addOption(cloud())
    .option(...practice)
    .option(...mirror)
    .option(...engine)
    .option('--heal', 'take what an interrupted run left into the state where it keeps data, delete the rest')
    .option('--ignore-orphans', 'go on although the cloud holds what an interrupted run left')
    .option(...autoApprove);
  verb('destroy <target>', 'destroy a deployment')
    .addOption(cloud())
    .option(...practice)
    .option(...mirror)
    .option(...engine)
    .option('--including-data', 'also what keeps data; on AWS last snapshots stay')
    .option(...autoApprove);
}

/** What is done with the nodes of a deployment. */
function nodes(verb: Verb): void {
  verb('deliver <target>', 'bring the nodes their secrets over ssh, where no store does')
    .addOption(cloud())
    .option('--secrets <folder>', 'with a file for each secret, named like it')
    .option(...onlyNodes)
    .option(...identity)
    .option(...user)
    .option('--via <host>', 'reach all nodes through this host instead of the core: [user@]host[:port]')
    .option('--limit <seconds>', 'how long a node is waited for', wholeSeconds)
    .option(...mirror)
    .option(...engine);
  verb('wait <target>', 'wait until the nodes have booted; name what keeps those that have not')
    .addOption(cloud())
    .option('--limit <seconds>', 'how long all of them are waited for', wholeSeconds)
    .option(...onlyNodes)
    .addOption(new Option('--via <way>', 'how they are looked at (ssh, else console)').choices(['ssh', 'console']))
    .option(...identity)
    .option(...user)
    .option(...mirror)
    .option(...engine);
}

function review(verb: Verb): void {
  verb('review', 'what a plan means for nodes, roles and data')
    .requiredOption('--plan <file>', 'output of `terraform show -json`; - for standard input')
    .option('--diagnostics <file>', 'output of `terraform plan -json`, for a plan that was refused')
    .addOption(new Option('--format <format>', 'text, md or json').choices(['text', 'md', 'json']).default('text'))
    .option('--out <file>', 'write to a file')
    .option('--fail-on <severities>', 'severities that block, with commas')
    .option('--full', 'text: with every resource and all evidence')
    .option('--detailed-exitcode', 'exit 2 when there are changes');
}

function rehearse(verb: Verb): void {
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
}

/** Practice, and what explains. */
function learning(verb: Verb): void {
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
}
