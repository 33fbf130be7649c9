/** Where a node is, for ssh. */
export interface SshPlace {
  readonly host: string;
  /** @default 22 */
  readonly port?: number;
  /** @default the user of all */
  readonly user?: string;
  /** Under which its key stands in the file of known hosts: names a machine, so that a new one at the same address is a new name. */
  readonly alias: string;
  /** The name of the node that it is reached through. @default directly */
  readonly through?: string;
}

export interface SshSettings {
  readonly user: string;
  /** A private key. @default those that ssh takes by itself, and the agent's */
  readonly identity?: string;
  /** File that host keys are kept in; a host that is not in it is taken at its word once. */
  readonly knownHosts: string;
  /** Seconds that a connection may take to come up. @default 15 */
  readonly connectSeconds?: number;
}

export const CONNECT_SECONDS = 15;

/** A configuration that is all that ssh reads; `socket` is where a node's shared connection lies. */
export function sshConfig(
  places: Readonly<Record<string, SshPlace>>,
  settings: SshSettings,
  socket: (node: string) => string,
): string {
  const through = new Set(Object.values(places).map((place) => place.through));
  const hosts = Object.entries(places).flatMap(([node, place]) => [
    `Host ${node}`,
    `  HostName ${place.host}`,
    ...(place.port ? [`  Port ${place.port}`] : []),
    `  HostKeyAlias ${place.alias}`,
    `  User ${place.user ?? settings.user}`,
    ...(place.through ? [`  ProxyJump ${place.through}`] : []),
    ...(through.has(node) ? [`  ControlPath ${quoted(socket(node))}`] : []),
  ]);
  return [
    ...hosts,
    'Host *',
    '  BatchMode yes',
    `  ConnectTimeout ${settings.connectSeconds ?? CONNECT_SECONDS}`,
    '  ServerAliveInterval 10',
    '  ServerAliveCountMax 3',
    '  StrictHostKeyChecking accept-new',
    `  UserKnownHostsFile ${quoted(settings.knownHosts)}`,
    '  GlobalKnownHostsFile /dev/null',
    '  UpdateHostKeys no',
    '  CheckHostIP no',
    ...(settings.identity ? [`  IdentityFile ${quoted(settings.identity)}`, '  IdentitiesOnly yes'] : []),
    // the image's OpenSSH is of 2012 (Ubuntu 12.04, facts §7.1; M): it knows RSA keys only with SHA-1
    '  IgnoreUnknown PubkeyAcceptedAlgorithms',
    '  HostKeyAlgorithms +ssh-rsa',
    '  PubkeyAcceptedAlgorithms +ssh-rsa',
    '  ForwardAgent no',
    '  RequestTTY no',
    '  LogLevel ERROR',
    '',
  ].join('\n');
}

/** A path as ssh reads it: with quotes, and with its sign for substitutions doubled. */
const quoted = (path: string) => `"${path.replaceAll('%', '%%')}"`;
