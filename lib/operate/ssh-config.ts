/** How ssh reaches a node. */
export interface SshPlace {
  readonly host: string;
  /** @default 22 */
  readonly port?: number;
  /** @default the user of the settings */
  readonly user?: string;
  /** Its name in the known hosts file: names a machine, so that a new machine at the same address is a new name. */
  readonly alias: string;
  /** Name of its jump host. @default directly */
  readonly through?: string;
}

export interface SshSettings {
  readonly user: string;
  /** File of a private key. @default ssh's default keys, and the agent's */
  readonly identity?: string;
  /** Known hosts file; the key of a host that is not in it is trusted on first use. */
  readonly knownHosts: string;
  /** Timeout of a connection, seconds. @default 15 */
  readonly connectSeconds?: number;
}

export const CONNECT_SECONDS = 15;

/** The complete configuration for ssh; `socket` gives the path of a node's shared connection. */
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

/** A path in ssh's format: quoted, with `%` doubled. */
const quoted = (path: string) => `"${path.replaceAll('%', '%%')}"`;
