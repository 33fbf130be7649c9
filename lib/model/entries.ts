/** What a cluster's store knows of one node. */
export interface NodeEntry {
  readonly roles: readonly string[];
  readonly availabilityZone: string;
  readonly placementZones: readonly string[];
  /** GiB; 0 is not counted. */
  readonly memory?: number;
}
