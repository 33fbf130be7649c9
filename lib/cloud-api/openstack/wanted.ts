import type { OpenstackApi } from './api';

/** By path in the declaration, `clouds.openstack.image`, or by resource address. */
export type Wanted = Readonly<Record<string, string>>;

/** What a deployment needs from the cloud, and how much it will create. */
export interface OpenstackNeeds {
  /** Names: the provider does not accept ids here. */
  readonly flavors?: Wanted;
  readonly flavorIds?: Wanted;
  /** Names or ids. */
  readonly images?: Wanted;
  /** Names or ids. */
  readonly networks?: Wanted;
  /** Networks of floating addresses; names or ids. */
  readonly externalNetworks?: Wanted;
  readonly zones?: Wanted;
  readonly volumeZones?: Wanted;
  readonly keyPairs?: Wanted;
  readonly volumeTypes?: Wanted;
  /** Optional services: `load-balancer`, `dns`, `key-manager`. */
  readonly services?: Wanted;
  /** What servers boot from, by address: the image must fit the flavor, or the root volume of `gib` GiB. */
  readonly roots?: Readonly<Record<string, { readonly flavor: string; readonly image: string; readonly gib?: number }>>;
  /** Places of ports in existing networks, by address of the port. */
  readonly places?: Readonly<Record<string, Place>>;
  /** Floating addresses of nodes in an existing network, by address of the first. */
  readonly reaches?: Readonly<Record<string, Reach>>;
  /** Key pairs to make: a user can have only one of a name. */
  readonly newKeyPairs?: Wanted;
  /** Public names to make. */
  readonly names?: Names;
  /** How many more servers, by name or id of the flavor; negative when servers leave it. Cores and memory follow from it. */
  readonly servers?: Readonly<Record<string, number>>;
  /** Number of servers in one server group, by the resource that makes them. */
  readonly groups?: Readonly<Record<string, number>>;
  /** How much more of everything else. */
  readonly quota?: Quota;
}

/** The part of the API that the checks need; it only reads. */
export type ReadApi = Pick<OpenstackApi, 'call' | 'find' | 'has' | 'list' | 'projectId'>;

/** Place of nodes in an existing network. */
export interface Place {
  /** Id of the subnet. */
  readonly subnet: string;
  /** Id of its network. */
  readonly network: string;
  /** The requested address. @default Neutron's choice */
  readonly address?: string;
}

/** Floating addresses for nodes in an existing subnet: name or id of their network. */
export interface Reach {
  readonly subnet: string;
  readonly outside: string;
}

/** What a deployment needs from Designate, by resource address. */
export interface Names {
  /** Names of zones to make, with the final dot. */
  readonly zones?: Readonly<Record<string, string>>;
  /** Records to make in existing zones. */
  readonly records?: Readonly<Record<string, { readonly zone: string; readonly name: string }>>;
}

/** How much more of each limited resource. */
export interface Quota {
  readonly instances?: number;
  readonly cores?: number;
  readonly ramMiB?: number;
  readonly volumes?: number;
  /** GiB of all volumes together. */
  readonly gigabytes?: number;
  readonly networks?: number;
  readonly subnets?: number;
  readonly routers?: number;
  readonly ports?: number;
  readonly floatingIps?: number;
  readonly securityGroups?: number;
  readonly securityGroupRules?: number;
  readonly keyPairs?: number;
  readonly serverGroups?: number;
}
