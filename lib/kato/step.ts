/** A text that is unknown at synthesis; a cloud or the node fills it in. */
export type Hole =
  /** The core's private address, where the message bus listens. */
  | { readonly hole: 'core.address' }
  /** The node's availability zone; the node asks the cloud for it. */
  | { readonly hole: 'node.zone' }
  /** The value of a secret. The node fetches it at boot; Terraform never sees it. `inText`: see below. */
  | { readonly hole: 'secret'; readonly name: string; readonly inText?: true }
  /**
   * An attribute of a database. The node fetches `password` like a secret; `managed` is `true` on a cloud that manages it.
   * `inText`: the value is inside the quotes of a JSON text and is escaped for it.
   */
  | { readonly hole: 'database'; readonly name: string; readonly attribute: DatabaseAttribute; readonly inText?: true };

/** An attribute of a database that a step may use; `managed` tells whether the cloud manages it. */
export type DatabaseAttribute = 'host' | 'port' | 'user' | 'password' | 'managed';

/** A word of a command: a text, a hole, or a sequence of both. */
export type Word = string | Hole | readonly (string | Hole)[];

/** One step of a node's boot, as data. */
export interface Step {
  /** Its stage, for example `attach`: the unit that runs once, with a time limit and a report. */
  readonly stage: string;
  /** What the node does. */
  readonly action: Action;
}

/** An action of a boot step: a command of kato or an operation of the system. */
export type Action = KatoAction | SystemAction;

/** An action of kato; `katoWords` translates it into the grammar of a version. */
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
  /** Checks whether all processes of the node are ready. */
  | { readonly do: 'ready' };

/** An action of the system. */
export type SystemAction =
  | { readonly do: 'run'; readonly words: readonly Word[]; readonly as?: 'root' | 'stackato' }
  | { readonly do: 'write'; readonly path: string; readonly content: string; readonly mode?: string }
  /** Waits until a port of the core answers. */
  | { readonly do: 'wait-core'; readonly port: number; readonly why: string }
  /** Waits until a declared database accepts connections. */
  | { readonly do: 'wait-database'; readonly name: string }
  /** Finds the data disk, formats it only if it is empty, and mounts it now and at every boot. `gib`: its size, GiB. */
  | { readonly do: 'mount'; readonly gib: number; readonly mount: string }
  /** Puts files of this node under a name in the cloud's store; takes the existing value if there is one. */
  | { readonly do: 'share'; readonly name: string; readonly files: readonly string[] }
  /** Waits for files that the core shared and unpacks them. */
  | { readonly do: 'take'; readonly name: string }
  /** Creates the cluster's key from the core's key, which the image created at its first boot. */
  | { readonly do: 'make-key' }
  /** Lets nodes log in to each other with the cluster's key. */
  | { readonly do: 'trust-key' }
  /**
   * Puts folders of the product on a mounted disk and leaves links. `folders`: the name of each on the disk, and its path, as
   * `data:/var/stackato/data`. What an earlier machine put there stays as it is, and the links lead to it.
   */
  | { readonly do: 'keep-folders'; readonly mount: string; readonly folders: readonly string[] }
  /** Checks that the processes of the configuration store and of the core's database work on a mounted disk. */
  | { readonly do: 'verify-kept'; readonly mount: string }
  /** Checks that the node has exactly these roles (and `base`), and removes others. */
  | { readonly do: 'verify-roles'; readonly roles: readonly string[] }
  /** Checks for 30 seconds that a process runs: a process that cannot reach its dependencies ends for good. */
  | { readonly do: 'verify-process'; readonly process: string }
  | { readonly do: 'reboot' };

/** A port that a role listens on. */
export interface RolePort {
  /** Name of the role. */
  readonly role: string;
  /** First and last port. */
  readonly ports: readonly [first: number, last: number];
  /** Transport protocol. */
  readonly protocol: 'tcp' | 'udp';
  /** Who connects: `world`, `all` (every node), or roles. */
  readonly from: 'world' | 'all' | readonly string[];
  /** Reason for the traffic; it appears in firewall rules. */
  readonly why: string;
  /** Certainty of the fact: stated by the vendor (H), by one other source (M), or inferred (L). */
  readonly sure: 'H' | 'M' | 'L';
}

/** The time limit of a stage, in seconds. */
export function stageLimit(stage: string): number {
  return LIMITS[stage] ?? 900;
}

/** The vendor's guides wait up to 1000 s for the first start (facts §2.1; M). A core may boot later than its nodes, a database takes many minutes, and an operator may deliver secrets by hand. A command of kato may hang up to 600 s, and the limit leaves time for a retry. */
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
