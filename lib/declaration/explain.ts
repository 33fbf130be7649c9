import { specRules } from './rules';

/** What a rule means and what to do about it, for `explain`. */
export interface Explanation {
  readonly id: string;
  readonly severity: 'error' | 'warning';
  readonly explain: string;
  readonly remedy: string;
}

const error = (id: string, explain: string, remedy: string): Explanation => ({
  id,
  severity: 'error',
  explain,
  remedy,
});

/** Rules that are not over meaning: what the reader, the schema, the role words and the clouds refuse. */
const OTHERS: readonly Explanation[] = [
  error(
    'file',
    'The file could not be read.',
    'Name a YAML file that is there, or begin one with: cdktf-stackato init.',
  ),
  error(
    'yaml',
    'The file is not YAML: indentation, a tab, a quote, or a key that stands twice.',
    'Mend it at the line and column named.',
  ),
  error(
    'shape',
    'A value has the wrong type, is out of range, or is missing.',
    'Write what the message says; cdktf-stackato schema prints all keys and types.',
  ),
  error(
    'key-unknown',
    'A key that no declaration has; mostly a slip of the fingers.',
    'Correct or remove it; the message lists the keys that are known there.',
  ),
  error(
    'version-unknown',
    'The version decides which kato commands are written; of this one they are not known.',
    'Write the version of your image in quotes, such as "3.6" or "3.4.2".',
  ),
  error(
    'role-unknown',
    'kato knows no role of that name in this version.',
    'Correct the name, or define the role in TypeScript with defineRole.',
  ),
  error(
    'role-version',
    'The product had the role earlier or later than in this version, or had it in a form that cannot be set up unattended.',
    'Remove the role or change the version.',
  ),
  error(
    'role-implied',
    'Every node has base and loses mdns; the core has primary, controller and router (facts §0.1-2; H).',
    'Remove the role from the list.',
  ),
  error(
    'primary-one',
    'A cluster has exactly one primary, on the core (facts §1.1; H).',
    'Remove the role from the pool.',
  ),
  error(
    'role-option',
    'A role was given an option that it does not take.',
    'Correct or remove the option; only mysql and postgresql take one: database.',
  ),
  error(
    'role-on-core',
    'The role wants steps on the core, but the core belongs to somebody else and has booted already.',
    'Declare the role in the cluster that owns the core.',
  ),
  error(
    'cloud-missing',
    'A deployment needs to know its cloud: region, zones and image at least.',
    'Write clouds: { aws: { region: us-west-2, zones: [us-west-2a], image: ami-… } }.',
  ),
  error(
    'cloud-unknown',
    'The credentials are said to lie in clouds.yaml (cloud: NAME, or OS_CLOUD), which has no entry of that name.',
    'Correct the name, or write the entry; files are looked for as every OpenStack client does.',
  ),
  error(
    'cloud-login',
    'The entry of clouds.yaml does not say all that a login needs: auth_url, and a user with password and project or an application credential.',
    'Write what the message names below auth, in clouds.yaml or, better for a password, in secure.yaml.',
  ),
  error(
    'target-unknown',
    'What was named is neither a file nor a stack of the app here.',
    'Name a YAML file, or one of the stacks that the message lists.',
  ),
  error(
    'node-unknown',
    'The deployed cluster has no node of that name; nodes are named like their pool: dea-1.',
    'Name one of the nodes that the message lists.',
  ),
  error(
    'secret-missing',
    'A node waits for a secret whose value was found neither in a folder, nor in the environment, nor could be asked for.',
    'Write a file named like the secret into a folder and name that with --secrets, or set STACKATO_SECRET_<NAME>.',
  ),
  error(
    'stack-core',
    'The stack only joins a cluster; what the nodes wait for is known to the stack that has the core.',
    'Name the stack, or the file, that declares the cluster.',
  ),
  error(
    'rehearse-core',
    'Nodes attach to a core; this stack has none, it joins the cluster of another one.',
    'Rehearse the stack, or the file, that declares the cluster.',
  ),
  error(
    'rehearse-fault',
    'A fault is written ID[:NODE][@STAGE][+SECONDS]; the fault, the node or the stage of its boot is not one of this cluster.',
    'Write one that the message names, for example --fault link-down:dea-1@attach+30.',
  ),
  error(
    'rehearse-rights',
    'What was asked of a rehearsal needs rights or programs that are not here: hosts of their own for all nodes, or loop devices.',
    'Do what the message says, or leave the option out.',
  ),
  error(
    'rehearse-role',
    'The model of kato does not know the role in that version, so nodes with it cannot be shown.',
    'Rehearse the other nodes with --nodes, or add the role to the model.',
  ),
  error(
    'user-data-size',
    'A cloud limits what a machine is given at its first boot; the boot script is larger, even compressed.',
    'Shorten the values of kato or the steps of your own roles, for example by fetching a script.',
  ),
];

/** Every rule over declarations, sorted by name. */
export const explanations: readonly Explanation[] = [
  ...OTHERS,
  ...specRules.map(({ id, severity, explain, remedy }) => ({ id, severity, explain, remedy })),
].sort((a, b) => (a.id < b.id ? -1 : 1));
