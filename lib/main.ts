export { z } from 'zod';
export { InputError, type Problem, ToolError } from './base/input';
export { defineCluster, warnings } from './declaration/define';
export { type SecretRef, secret } from './declaration/fields';
export { parseClusterText, readCluster } from './declaration/read';
export type { ClusterInput } from './declaration/schema';
export type { ClusterSpec, PoolSpec } from './declaration/spec';
export { configSet, coreAddress, type Filling, type Json, nodeZone, restart, run, text, write } from './kato/authoring';
export { defineRole } from './kato/own-role';
export type { PortFact, Role, RoleContext, RoleOptions, RoleUse, RoleWord } from './kato/role';
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
export { withoutCreationTraces } from './stack/quiet';
export {
  MANIFEST_OUTPUT,
  type Manifest,
  type ManifestDatabase,
  type ManifestDisk,
  type ManifestNode,
} from './topology/manifest';
export { topologyMermaid } from './topology/mermaid';
export type { Database, Disk, KatoConfig, Node, Pool, Topology, TrafficRule } from './topology/model';
export { type JoinedCluster, planPool, planTopology } from './topology/plan';
export { topologyText } from './topology/text';

/**
 * The constructs for AWS. Each is loaded at its first use, so that a program which only checks or shows a cluster loads
 * neither cdktf nor bindings, and a program with only DEAs does not load the bindings of databases.
 *
 * The getters belong to an object and are not exports, because an ES module reads every export when it imports this.
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
  get Dns() {
    return (require('./aws/dns') as typeof import('./aws/dns')).Dns;
  },
  get handleFromOutputs() {
    return (require('./aws/handle') as typeof import('./aws/handle')).handleFromOutputs;
  },
  get LoadBalancer() {
    return (require('./aws/load-balancer') as typeof import('./aws/load-balancer')).LoadBalancer;
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

/** The constructs for OpenStack. Each is loaded at its first use. */
export const openstack: typeof import('./openstack') = {
  get Cluster() {
    return (require('./openstack/cluster') as typeof import('./openstack/cluster')).Cluster;
  },
  get CoreNode() {
    return (require('./openstack/core-node') as typeof import('./openstack/core-node')).CoreNode;
  },
  get Database() {
    return (require('./openstack/database') as typeof import('./openstack/database')).Database;
  },
  get DataServicePool() {
    return (require('./openstack/data-service-pool') as typeof import('./openstack/data-service-pool')).DataServicePool;
  },
  get DataVolume() {
    return (require('./openstack/volume') as typeof import('./openstack/volume')).DataVolume;
  },
  get DeaPool() {
    return (require('./openstack/dea-pool') as typeof import('./openstack/dea-pool')).DeaPool;
  },
  get Dns() {
    return (require('./openstack/dns') as typeof import('./openstack/dns')).Dns;
  },
  get handleFromOutputs() {
    return (require('./openstack/handle') as typeof import('./openstack/handle')).handleFromOutputs;
  },
  get LoadBalancer() {
    return (require('./openstack/load-balancer') as typeof import('./openstack/load-balancer')).LoadBalancer;
  },
  get Network() {
    return (require('./openstack/network') as typeof import('./openstack/network')).Network;
  },
  get NodePool() {
    return (require('./openstack/node-pool') as typeof import('./openstack/node-pool')).NodePool;
  },
  get RouterPool() {
    return (require('./openstack/router-pool') as typeof import('./openstack/router-pool')).RouterPool;
  },
};
