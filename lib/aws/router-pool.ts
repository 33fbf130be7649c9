import { Construct } from 'constructs';
import { router } from '../kato/roles';
import type { ManifestNode } from '../topology/manifest';
import { guestPool, type PoolProps } from './guest-pool';

/** Properties of a pool of routers; they use the cluster's name and certificate. */
export type RouterPoolProps = PoolProps;

/** Routers that join a cluster, open to the world on 80 and 443. The cluster must also declare a router pool, so that its core shares the certificate. */
export class RouterPool extends Construct {
  /** Its nodes, by name. */
  readonly nodes: Readonly<Record<string, ManifestNode>>;

  constructor(scope: Construct, id: string, props: RouterPoolProps) {
    super(scope, id);
    this.nodes = guestPool(this, id, { ...props, roles: [router()] });
  }
}
