import { Construct } from 'constructs';
import type { RoleUse } from '../kato/role';
import type { ManifestNode } from '../topology/manifest';
import { guestPool, type PoolProps } from './guest-pool';

/** Properties of a pool of data services. */
export interface DataServicePoolProps extends PoolProps {
  /** Its roles: `dataServices()`, `[mysql(), redis()]`, or your own data services. */
  readonly roles: readonly RoleUse[];
  /** Size of the data volume of every node, GiB. It can grow later, never shrink. */
  readonly diskGib: number;
}

/** Data-service nodes that join a cluster; their data is on volumes that outlive them. */
export class DataServicePool extends Construct {
  /** Its nodes, by name. */
  readonly nodes: Readonly<Record<string, ManifestNode>>;

  constructor(scope: Construct, id: string, props: DataServicePoolProps) {
    super(scope, id);
    this.nodes = guestPool(this, id, props);
  }
}
