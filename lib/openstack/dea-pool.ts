import { Construct } from 'constructs';
import { dea } from '../kato/roles';
import type { ManifestNode } from '../topology/manifest';
import { guestPool, type PoolProps } from './guest-pool';

/** Properties of a pool of DEAs. */
export interface DeaPoolProps extends PoolProps {
  /** Placement zones of its DEAs (3.2 and later). @default none: they serve the zone `default` */
  readonly placementZones?: readonly string[];
}

/** Droplet Execution Agents (DEAs) that join a cluster. They keep no data and can be added and removed at any time. */
export class DeaPool extends Construct {
  /** Its nodes, by name. */
  readonly nodes: Readonly<Record<string, ManifestNode>>;

  constructor(scope: Construct, id: string, props: DeaPoolProps) {
    super(scope, id);
    this.nodes = guestPool(this, id, { ...props, roles: [dea()] });
  }
}
