import { specRules } from './rules';

/** A rule's meaning and remedy, as `explain` prints them. */
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

/** Refusals that are not rules over meaning: those of the reader, the schema, the role words and the clouds. */
const OTHERS: readonly Explanation[] = [
  error('file', 'The file could not be read.', 'Name an existing YAML file, or create one with: cdktf-stackato init.'),
  error(
    'yaml',
    'The file is not valid YAML: wrong indentation, a tab, a quote, or a duplicate key.',
    'Fix it at the named line and column.',
  ),
  error(
    'shape',
    'A value has the wrong type, is out of range, or is missing.',
    'Write the value that the message names; cdktf-stackato schema prints all keys and types.',
  ),
  error(
    'key-unknown',
    'Declarations have no such key; usually a typing error.',
    'Correct or remove it; the message lists the valid keys at that place.',
  ),
  error(
    'version-unknown',
    'The version decides the kato commands, and this tool does not know those of this version.',
    'Write the version of your image in quotes, such as "3.6" or "3.4.2".',
  ),
  error(
    'role-unknown',
    'kato has no role of that name in this version.',
    'Correct the name, or define the role in TypeScript with defineRole.',
  ),
  error(
    'role-version',
    'This version of the product lacks the role, or cannot set it up unattended.',
    'Remove the role or change the version.',
  ),
  error(
    'role-implied',
    'Every node has base and drops mdns; the core has primary, controller and router (facts §0.1-2; H).',
    'Remove the role from the list.',
  ),
  error(
    'primary-one',
    'A cluster has exactly one primary, on the core (facts §1.1; H).',
    'Remove the role from the pool.',
  ),
  error(
    'role-option',
    'The role does not accept the option.',
    'Correct or remove the option; only mysql and postgresql accept one: database.',
  ),
  error(
    'role-on-core',
    'The role has steps on the core, but the core belongs to another stack and has already booted.',
    'Declare the role in the cluster that owns the core.',
  ),
  error(
    'cloud-missing',
    'A deployment needs the settings of its cloud: at least region, zones and image.',
    'Write clouds: { aws: { region: us-west-2, zones: [us-west-2a], image: ami-… } }.',
  ),
  error(
    'cloud-unknown',
    'The declaration or OS_CLOUD names an entry of clouds.yaml for the credentials, but clouds.yaml has no such entry.',
    'Correct the name, or write the entry. The tool searches for clouds.yaml like every OpenStack client.',
  ),
  error(
    'cloud-login',
    'The entry of clouds.yaml is incomplete. A login needs auth_url, and either a user with password and project, or an application credential.',
    'Write the missing keys below auth, in clouds.yaml or (better for a password) in secure.yaml.',
  ),
  error(
    'target-unknown',
    'The target is neither a file nor a stack of the app in this folder.',
    'Name a YAML file, or one of the stacks that the message lists.',
  ),
  error(
    'outdir',
    'Synthesis writes a folder, but the path is a file, lies inside one, or cannot be created.',
    'Name another folder with --outdir; it is created if it is absent.',
  ),
  error(
    'node-unknown',
    'The deployed cluster has no node of that name; nodes are named after their pool: dea-1.',
    'Name one of the nodes that the message lists.',
  ),
  error(
    'secret-missing',
    'A node waits for a secret, but its value is neither in a folder nor in the environment, and there is no terminal for a prompt.',
    'Write the value to a file with the name of the secret and pass its folder as --secrets, or set STACKATO_SECRET_<NAME>.',
  ),
  error(
    'stack-core',
    'The stack only joins nodes to a cluster; only the stack with the core knows what the nodes wait for.',
    'Name the stack, or the file, that declares the cluster.',
  ),
  error(
    'rehearse-core',
    'Nodes attach to a core. This stack has no core; it joins the cluster of another stack.',
    'Rehearse the stack, or the file, that declares the cluster.',
  ),
  error(
    'rehearse-fault',
    'A fault has the form ID[:NODE][@STAGE][+SECONDS]; its id is unknown, or the cluster has no such node or boot stage.',
    'Write one from the message, for example --fault link-down:dea-1@attach+30.',
  ),
  error(
    'rehearse-rights',
    'The rehearsal needs rights or programs that this machine lacks: separate hosts for all nodes, or loop devices.',
    'Follow the message, or leave the option out.',
  ),
  error(
    'rehearse-role',
    'The model of kato does not know the role in that version, so it cannot rehearse nodes with it.',
    'Rehearse the other nodes with --nodes, or add the role to the model.',
  ),
  error(
    'user-data-size',
    'The boot script exceeds the size limit that the cloud sets for user data, even compressed.',
    'Shorten the values below kato or the steps of your own roles, for example by fetching a script.',
  ),
];

/** Every rule over declarations, sorted by name. */
export const explanations: readonly Explanation[] = [
  ...OTHERS,
  ...specRules.map(({ id, severity, explain, remedy }) => ({ id, severity, explain, remedy })),
].sort((a, b) => (a.id < b.id ? -1 : 1));
