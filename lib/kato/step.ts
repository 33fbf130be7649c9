/** A text that nobody knows when the declaration is read; a cloud or the node itself fills it. */
export type Hole =
  /** The core's private address, where the message bus listens. */
  | { readonly hole: 'core.address' }
  /** The node's own availability zone, which it asks the cloud for. */
  | { readonly hole: 'node.zone' }
  /** The value of a secret, fetched by the node at boot; never seen by Terraform. `inText`: see below. */
  | { readonly hole: 'secret'; readonly name: string; readonly inText?: true }
  /**
   * What a node must know of a database; `password` is fetched like a secret, `managed` says `true` on a cloud that manages it.
   * `inText`: it stands in a text of JSON, between its quotes, and is escaped for it.
   */
  | { readonly hole: 'database'; readonly name: string; readonly attribute: DatabaseAttribute; readonly inText?: true };

export type DatabaseAttribute = 'host' | 'port' | 'user' | 'password' | 'managed';

/** A word of a command: text, a hole, or both in a row. */
export type Word = string | Hole | readonly (string | Hole)[];

/** One thing a node does at boot: data, rendered to a shell script by `renderBoot` and to text for people by `stepText`. */
export interface Step {
  /** Stage that it belongs to: the unit that is done once, timed and reported (`attach`). */
  readonly stage: string;
  readonly action: Action;
}

export type Action = KatoAction | SystemAction;

/** What is asked of kato; `katoWords` puts it into the grammar of a version. */
export type KatoAction =
  | { readonly do: 'rename'; readonly hostname: string }
  | { readonly do: 'setup-core'; readonly hostname: string }
  | { readonly do: 'attach'; readonly roles: readonly string[] }
  | { readonly do: 'role-add'; readonly roles: readonly string[] }
  | { readonly do: 'role-remove'; readonly role: string }
  /** A configuration value; `json` values keep their type, `string` ones are text. */
  | {
      readonly do: 'config';
      readonly component: string;
      readonly key: string;
      readonly value: Word;
      readonly type: 'string' | 'json';
    }
  | { readonly do: 'restart'; readonly role: string }
  | { readonly do: 'restart'; readonly process: string }
  | { readonly do: 'stop' }
  | { readonly do: 'start' }
  | { readonly do: 'relocate'; readonly what: 'services' | 'droplets'; readonly directory: string }
  | { readonly do: 'license-set'; readonly license: Word }
  | { readonly do: 'license-enable' }
  | {
      readonly do: 'first-user';
      readonly email: string;
      readonly organization: string;
      readonly password: Word;
      readonly space?: string;
    }
  | { readonly do: 'availability-zone'; readonly zone: Word }
  | { readonly do: 'placement-zone'; readonly zone: string }
  | { readonly do: 'setup-load-balancer' }
  /** Asks whether all processes of the node are ready. */
  | { readonly do: 'ready' };

/** What is asked of the system. */
export type SystemAction =
  | { readonly do: 'run'; readonly words: readonly Word[]; readonly as?: 'root' | 'stackato' }
  | { readonly do: 'write'; readonly path: string; readonly content: string; readonly mode?: string }
  /** Waits until a port of the core answers. */
  | { readonly do: 'wait-core'; readonly port: number; readonly why: string }
  /** Waits until a declared database accepts connections. */
  | { readonly do: 'wait-database'; readonly name: string }
  /** Finds the data disk, formats it only when it is empty, mounts it now and at every boot. */
  | { readonly do: 'mount'; readonly gib: number; readonly mount: string }
  /** Puts files of this node under a name in the cloud's store; a value already there is taken instead. */
  | { readonly do: 'share'; readonly name: string; readonly files: readonly string[] }
  /** Waits for files that the core shared and unpacks them. */
  | { readonly do: 'take'; readonly name: string }
  /** Makes the cluster's key of the core's own, which the image made at its first boot. */
  | { readonly do: 'make-key' }
  /** Lets nodes log in to each other with the cluster's key. */
  | { readonly do: 'trust-key' }
  /** Asks kato whether the node has exactly these roles (and `base`), and removes others. */
  | { readonly do: 'verify-roles'; readonly roles: readonly string[] }
  /** Asks kato for half a minute whether a process runs: one that could not reach what it needs has ended for good. */
  | { readonly do: 'verify-process'; readonly process: string }
  | { readonly do: 'reboot' };

/** A port that a role listens on. */
export interface RolePort {
  readonly role: string;
  readonly ports: readonly [first: number, last: number];
  readonly protocol: 'tcp' | 'udp';
  /** Who connects: `world`, `all` (every node), or roles. */
  readonly from: 'world' | 'all' | readonly string[];
  readonly why: string;
  readonly sure: 'H' | 'M' | 'L';
}

/** How long a stage may take at most, in seconds. */
export function stageLimit(stage: string): number {
  return LIMITS[stage] ?? 900;
}

/** The vendor's guides wait up to 1000 s for the first start (facts §2.1; M); a core may boot later than its nodes; a database takes many minutes; secrets may be delivered by hand; a command of kato that hangs, up to 600 s, leaves time for another try. */
const LIMITS: Readonly<Record<string, number>> = {
  ready: 1200,
  core: 2400,
  key: 2400,
  certificate: 2400,
  attach: 1800,
  relocate: 1800,
  license: 2400,
  admin: 2400,
  database: 3600,
};
