import { Construct } from 'constructs';
import type { RoleUse } from '../kato/role';
import type { ManifestNode } from '../topology/manifest';
import { guestPool, type PoolProps } from './guest-pool';

/** Data services for a cluster, with a volume under every node. */
export interface DataServicePoolProps extends PoolProps {
  /** Its roles: `dataServices()`, `[mysql(), redis()]`, or services of your own. */
  readonly roles: readonly RoleUse[];
  /** Data volume of every node, GiB. */
  readonly diskGib: number;
}

/** Data-service nodes that join a cluster: what they keep is on volumes that outlive them. */
export class DataServicePool extends Construct {
  /** Its nodes, by name. */
  readonly nodes: Readonly<Record<string, ManifestNode>>;

  constructor(scope: Construct, id: string, props: DataServicePoolProps) {
    super(scope, id);
    this.nodes = guestPool(this, id, props);
  }
}
