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

/** What is wrong, and where: `openstack_networking_port_v2.core.fixed_ip[0].ip_adress`. */
export interface SchemaProblem {
  readonly path: string;
  readonly message: string;
}

/** A stack with the schemas that are known, by the first word of their types. */
export interface Known {
  readonly document: StackDocument;
  readonly providers: ReadonlyMap<string, ProviderSchema>;
  /** Which names mean something in the resource that is looked at. @default none */
  readonly scope?: Scope;
}

/** Which names mean something where a text stands. */
export interface Scope {
  readonly each?: boolean;
  readonly count?: boolean;
  /** Any attribute of the resource itself, in its provisioners and conditions. */
  readonly self?: boolean;
}
