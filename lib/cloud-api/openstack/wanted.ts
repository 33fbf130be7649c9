import type { OpenstackApi } from './api';

/** By path in the words of the person who wrote it: `clouds.openstack.image`, or a resource's address. */
export type Wanted = Readonly<Record<string, string>>;

/** What a deployment names, and how much it is going to make. */
export interface OpenstackNeeds {
  /** Names: the provider does not look for ids there. */
  readonly flavors?: Wanted;
  readonly flavorIds?: Wanted;
  /** Names or ids. */
  readonly images?: Wanted;
  /** Names or ids. */
  readonly networks?: Wanted;
  /** Networks from which floating addresses come; names or ids. */
  readonly externalNetworks?: Wanted;
  readonly zones?: Wanted;
  readonly volumeZones?: Wanted;
  readonly keyPairs?: Wanted;
  readonly volumeTypes?: Wanted;
  /** Services that not every cloud has: `load-balancer`, `dns`, `key-manager`. */
  readonly services?: Wanted;
  /** What servers boot from, by address: the image must fit the flavor, or the root volume of `gib` GiB. */
  readonly roots?: Readonly<Record<string, { readonly flavor: string; readonly image: string; readonly gib?: number }>>;
  /** Where ports are to be in networks that are there, by address of the port. */
  readonly places?: Readonly<Record<string, Place>>;
  /** Floating addresses of nodes in a network that is there, by address of the first. */
  readonly reaches?: Readonly<Record<string, Reach>>;
  /** Key pairs to make: a user has one of a name. */
  readonly newKeyPairs?: Wanted;
  /** What is to be made of names in the world. */
  readonly names?: Names;
  /** How many more servers, by name or id of their flavor, less than none where they change it: cores and memory follow. */
  readonly servers?: Readonly<Record<string, number>>;
  /** How many servers there will be in one server group, by what makes them. */
  readonly groups?: Readonly<Record<string, number>>;
  /** How much more than there is, of the rest. */
  readonly quota?: Quota;
}

/** The part of the API that a check needs; it only reads. */
export type ReadApi = Pick<OpenstackApi, 'call' | 'find' | 'has' | 'list' | 'projectId'>;

/** Where nodes are to stand, in a network that is there. */
export interface Place {
  /** Id of the subnet. */
  readonly subnet: string;
  /** Id of its network. */
  readonly network: string;
  /** The address that is asked for. @default Neutron's choice */
  readonly address?: string;
}

/** Floating addresses for nodes in a subnet that is there: name or id of the network that they come from. */
export interface Reach {
  readonly subnet: string;
  readonly outside: string;
}

/** What a deployment asks of Designate, by resource address. */
export interface Names {
  /** Zones to make: their names, with the dot at the end. */
  readonly zones?: Readonly<Record<string, string>>;
  /** Records to make in zones that are there. */
  readonly records?: Readonly<Record<string, { readonly zone: string; readonly name: string }>>;
}

/** How much more of what has a limit. */
export interface Quota {
  readonly instances?: number;
  readonly cores?: number;
  readonly ramMiB?: number;
  readonly volumes?: number;
  /** Of all volumes together. */
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
