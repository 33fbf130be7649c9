export { z } from 'zod';
export { InputError, type Problem, ToolError } from './input';
export { configSet, coreAddress, type Filling, type Json, nodeZone, restart, run, text, write } from './kato/authoring';
export {
  defineRole,
  type PortFact,
  type Role,
  type RoleContext,
  type RoleOptions,
  type RoleUse,
  type RoleWord,
} from './kato/role';
export {
  controller,
  dataServices,
  dea,
  filesystem,
  harbor,
  loadBalancer,
  memcached,
  mongodb,
  mysql,
  postgresql,
  rabbit,
  rabbit3,
  redis,
  router,
  stager,
} from './kato/roles';
export type { Action, DatabaseAttribute, Hole, RolePort, Step, Word } from './kato/step';
export { atLeast, type KatoVersion, KNOWN_VERSIONS, parseVersion } from './kato/version';
export { defineCluster, warnings } from './spec/define';
export { type SecretRef, secret } from './spec/fields';
export { parseClusterText, readCluster } from './spec/read';
export type { ClusterInput } from './spec/schema';
export type { ClusterSpec, PoolSpec } from './spec/spec';
export { withoutCreationTraces } from './terraform/quiet';
export {
  MANIFEST_OUTPUT,
  type Manifest,
  type ManifestDatabase,
  type ManifestDisk,
  type ManifestNode,
} from './topology/manifest';
export { topologyMermaid } from './topology/mermaid';
export type { Database, Disk, KatoConfig, Node, Pool, Rule, Topology } from './topology/model';
export { type JoinedCluster, planPool, planTopology } from './topology/plan';
export { topologyText } from './topology/text';

/**
 * The constructs for AWS. Each is loaded when it is first named, so that a program which only checks or shows a cluster
 * loads neither cdktf nor bindings, and one that makes DEAs does not load those of databases.
 *
 * A row of getters and no getter of its own: an ES module reads every export when it imports this.
 */
export const aws: typeof import('./aws') = {
  get Cluster() {
    return (require('./aws/cluster') as typeof import('./aws/cluster')).Cluster;
  },
  get CoreNode() {
    return (require('./aws/core-node') as typeof import('./aws/core-node')).CoreNode;
  },
  get Database() {
    return (require('./aws/database') as typeof import('./aws/database')).Database;
  },
  get DataServicePool() {
    return (require('./aws/data-service-pool') as typeof import('./aws/data-service-pool')).DataServicePool;
  },
  get DataVolume() {
    return (require('./aws/volume') as typeof import('./aws/volume')).DataVolume;
  },
  get DeaPool() {
    return (require('./aws/dea-pool') as typeof import('./aws/dea-pool')).DeaPool;
  },
  get handleFromOutputs() {
    return (require('./aws/handle') as typeof import('./aws/handle')).handleFromOutputs;
  },
  get Network() {
    return (require('./aws/network') as typeof import('./aws/network')).Network;
  },
  get NodePool() {
    return (require('./aws/node-pool') as typeof import('./aws/node-pool')).NodePool;
  },
  get RouterPool() {
    return (require('./aws/router-pool') as typeof import('./aws/router-pool')).RouterPool;
  },
};
