import type { ProviderSchema } from './schema';

export type Properties = Readonly<Record<string, unknown>>;

export type ByType = Readonly<Record<string, Readonly<Record<string, Properties>>>>;

/** A synthesized stack, as Terraform reads it. */
export interface StackDocument {
  readonly resource?: ByType;
  readonly data?: ByType;
  readonly provider?: Readonly<Record<string, readonly Properties[] | Properties>>;
  readonly output?: Readonly<Record<string, unknown>>;
  readonly locals?: unknown;
  readonly variable?: Readonly<Record<string, unknown>>;
  readonly module?: Readonly<Record<string, unknown>>;
}

/** A problem and its path: `openstack_networking_port_v2.core.fixed_ip[0].ip_adress`. */
export interface SchemaProblem {
  readonly path: string;
  readonly message: string;
}

/** A stack with the known schemas, by the first word of their types. */
export interface Known {
  readonly document: StackDocument;
  readonly providers: ReadonlyMap<string, ProviderSchema>;
  /** Names that are valid inside the current resource. @default none */
  readonly scope?: Scope;
}

/** Names that are valid at the place of a text. */
export interface Scope {
  readonly each?: boolean;
  readonly count?: boolean;
  /** Attributes of the resource itself, in its provisioners and conditions. */
  readonly self?: boolean;
}
