import { Construct } from 'constructs';
import { dea } from '../kato/roles';
import type { ManifestNode } from '../topology/manifest';
import { guestPool, type PoolProps } from './guest-pool';

/** DEAs for a cluster. */
export interface DeaPoolProps extends PoolProps {
  /** Placement zones of its DEAs (3.2 and later). @default none: they serve the zone `default` */
  readonly placementZones?: readonly string[];
}

/** Droplet Execution Agents that join a cluster: they keep nothing and may come and go. */
export class DeaPool extends Construct {
  /** Its nodes, by name. */
  readonly nodes: Readonly<Record<string, ManifestNode>>;

  constructor(scope: Construct, id: string, props: DeaPoolProps) {
    super(scope, id);
    this.nodes = guestPool(this, id, { ...props, roles: [dea()] });
  }
}
