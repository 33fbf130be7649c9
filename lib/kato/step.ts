/** A text that nobody knows when the declaration is read; a cloud or the node itself fills it. */
export type Hole =
  /** The core's private address, where the message bus listens. */
  | { readonly hole: 'core.address' }
  /** The node's own name, private address, availability zone. */
  | { readonly hole: 'node.name' | 'node.address' | 'node.zone' }
  /** The value of a secret, fetched by the node at boot; never seen by Terraform. */
  | { readonly hole: 'secret'; readonly name: string }
  /** What a node must know of a database; `password` is fetched like a secret, `managed` says `true` on a cloud that manages it. */
  | { readonly hole: 'database'; readonly name: string; readonly attribute: DatabaseAttribute };

export type DatabaseAttribute = 'host' | 'port' | 'user' | 'password' | 'managed';

/** A word of a command: text, a hole, or both in a row. */
export type Word = string | Hole | readonly (string | Hole)[];

/** One thing a node does at boot: data, rendered to a shell script by `renderBoot` and to text for people by `stepText`. */
export interface Step {
  /** Stage that it belongs to: the unit that is done once, timed and reported (`attach`). */
  readonly stage: string;
  readonly action: Action;
}

export type Action =
  /** A kato command, run as the user `stackato`; `verify` must hold afterwards, whatever it returned. */
  | { readonly do: 'kato'; readonly words: readonly Word[]; readonly stdin?: Word; readonly verify?: Verify }
  /** A command of the system, as root or as `stackato`. */
  | { readonly do: 'run'; readonly words: readonly Word[]; readonly as?: 'root' | 'stackato' }
  | { readonly do: 'write'; readonly path: string; readonly content: string; readonly mode?: string }
  /** Waits until a port of another node answers. */
  | { readonly do: 'wait-port'; readonly host: Word; readonly port: number; readonly seconds: number; readonly why: string }
  /** Waits until kato says that the node's processes are ready. */
  | { readonly do: 'wait-ready'; readonly seconds: number; readonly words: readonly Word[] }
  /** Finds the data disk, formats it only when it is empty, mounts it now and at every boot. */
  | { readonly do: 'mount'; readonly gib: number; readonly mount: string }
  /** Key login between the nodes: the core publishes the cluster's key, the others fetch it. */
  | { readonly do: 'cluster-key'; readonly part: 'publish' | 'fetch'; readonly seconds: number }
  | { readonly do: 'reboot' };

/** What must be true after a command, asked of kato itself: its exit code cannot be believed up to 3.2.1. */
export type Verify =
  | { readonly roles: readonly string[] }
  | { readonly noRole: string }
  | { readonly config: readonly [component: string, key: string]; readonly equals: Word };

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

/** How long each stage may take at most, in seconds; a stage not listed has 600. */
export const STAGE_LIMIT: Readonly<Record<string, number>> = { ready: 1200, key: 1800, core: 2400, database: 3600 };
