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

/** Adds a verb to the command: its usage, and its description. */
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

/** Verbs on a declaration, without a cloud. */
function declarations(verb: Verb): void {
  verb('init [folder]', 'create a project: a cluster to edit, and the files to deploy it');
  verb('check <file>', 'check a declaration').option(
    '--parity',
    'show also how each cloud implements it, and what it lacks',
  );
  verb('show <file>', 'show what a declaration means: nodes, boot, firewall')
    .addOption(
      new Option('--format <format>', 'text, mermaid or json').choices(['text', 'mermaid', 'json']).default('text'),
    )
    .option('--brief', 'only the diagram and the nodes');
  verb('synth <target>', 'write the Terraform of a file or a stack')
    .addOption(cloud())
    .option('--outdir <folder>', 'where to write it', 'cdktf.out');
}

function deployments(verb: Verb): void {
  verb('plan <target>', 'show what Terraform would do')
    .addOption(cloud())
    .option(...practice)
    .option(...mirror)
    .option(...engine)
    .option('--out <file>', "keep the engine's plan file")
    .option('--plan-json <file>', 'keep the plan as JSON, for a review')
    .option('--detailed-exitcode', 'exit 2 when the plan has changes');
  verb('deploy <target>', 'plan, ask, apply, and plan again')
    .addOption(cloud())
    .option(...practice)
    .option(...mirror)
    .option(...engine)
    .option('--heal', 'after an interrupted run: import orphans that keep data into the state, delete the others')
    .option('--remove <id...>', 'orphans that may be deleted, whatever made them')
    .option('--ignore-orphans', 'go on despite orphans of an interrupted run')
    .option(...autoApprove);
  verb('destroy <target>', 'destroy a deployment')
    .addOption(cloud())
    .option(...practice)
    .option(...mirror)
    .option(...engine)
    .option('--including-data', 'destroy also volumes and databases; on AWS their last snapshots stay')
    .option(...autoApprove);
}

/** Verbs on the nodes of a deployment. */
function nodes(verb: Verb): void {
  verb('deliver <target>', 'deliver secrets to the nodes over ssh, for clusters without a secret store')
    .addOption(cloud())
    .option('--secrets <folder>', 'folder with one file per secret, named like the secret')
    .option(...onlyNodes)
    .option(...identity)
    .option(...user)
    .option('--via <host>', 'reach all nodes through this host instead of the core: [user@]host[:port]')
    .option('--limit <seconds>', 'limit for each node', wholeSeconds)
    .option(...mirror)
    .option(...engine);
  verb('wait <target>', 'wait until the nodes have booted; name the cause and remedy for those that have not')
    .addOption(cloud())
    .option('--limit <seconds>', 'limit for all nodes together', wholeSeconds)
    .option(...onlyNodes)
    .addOption(
      new Option('--via <way>', 'how to read the boot; default: ssh, else console').choices(['ssh', 'console']),
    )
    .option(...identity)
    .option(...user)
    .option(...mirror)
    .option(...engine);
}

function review(verb: Verb): void {
  verb('review', 'say what a plan means for nodes, roles and data')
    .requiredOption('--plan <file>', 'file with the output of `terraform show -json`; - for standard input')
    .option('--diagnostics <file>', 'file with the output of `terraform plan -json`, for a refused plan')
    .addOption(
      new Option('--format <format>', 'text (the default), md or json; --json says the same').choices([
        'text',
        'md',
        'json',
      ]),
    )
    .option('--out <file>', 'write to this file')
    .option('--fail-on <severities>', 'what blocks: one severity and all worse ones, a list with commas, or none')
    .option('--full', 'text: show every resource and all evidence')
    .option('--detailed-exitcode', 'exit 2 when the plan has changes');
}

function rehearse(verb: Verb): void {
  verb('rehearse <target>', 'boot every node on this machine against the model of kato')
    .addOption(cloud())
    .addOption(
      new Option('--from <source>', 'take user data from the practice cloud, or from the synthesized stack')
        .choices(['deployed', 'synth'])
        .default('deployed'),
    )
    .option('--twice', 'boot every node a second time and check that nothing is done twice')
    .option('--outdir <folder>', 'where to synthesize the stack', 'cdktf.out')
    .option('--nodes <name...>', 'boot only these nodes and the core')
    .option('--no-firewall', 'ignore the security groups and let all traffic through')
    .option('--keep', 'keep the hosts for inspection, also when all is well')
    .option('--no-keep', 'remove the hosts also when something is wrong; the default in CI')
    .option('--clean', 'only remove the hosts of an earlier rehearsal')
    .option('--fault <id[:node][@stage][+seconds]>', 'inject a fault; may be repeated', collected)
    .option('--seed <number>', 'inject random faults; the same number gives the same faults', wholeNumber)
    .option('--timeline <file.svg>', 'write the timeline as an SVG file')
    .option('--limit <seconds>', 'limit of each boot', wholeSeconds);
}

/** Verbs for practice and for help. */
function learning(verb: Verb): void {
  verb('lab <action> [argument]', 'manage the practice cloud: up, down, reset, status, env, seed TARGET, faults JSON')
    .addOption(new Option('--cloud <name>', 'which practice cloud').choices(['aws', 'openstack']).default('aws'))
    .option('--port <port>', 'AWS: port on loopback')
    .option(...mirror)
    .option('--faults', 'AWS, up: start a fault proxy in front of it')
    .option('--with <parts>', 'OpenStack, up: optional services (octavia,designate,barbican), or none')
    .option('--yes', "OpenStack, up: install Debian's packages without asking");
  verb('explain [rule]', 'explain a rule of check or review');
  verb('schema', 'print the JSON Schema of a declaration');
  verb('quickstart', 'declare, deploy, boot, review and destroy a cluster on the practice cloud')
    .addOption(
      new Option('--cloud <name>', 'on which practice cloud; default: aws, or as STACKATO_PRACTICE says').choices([
        'aws',
        'openstack',
      ]),
    )
    .option('--yes', "OpenStack: install Debian's packages without asking")
    .option('--keep', 'keep the practice cloud and the deployment');
}
