export type { RemoteOutputs } from '../stack/handle';
export { Cluster, type ClusterProps } from './cluster';
export { CoreNode, type CoreNodeProps } from './core-node';
export { DataServicePool, type DataServicePoolProps } from './data-service-pool';
export { Database, type DatabaseProps } from './database';
export { DeaPool, type DeaPoolProps } from './dea-pool';
export { Dns, type DnsProps } from './dns';
export type { PoolProps } from './guest-pool';
export {
  type ClusterHandle,
  type CorelessHandle,
  type ExternalDatabase,
  handleFromOutputs,
  type KnownOfCluster,
} from './handle';
export { LoadBalancer, type LoadBalancerProps } from './load-balancer';
export { Network, type NetworkProps } from './network';
export { NodePool, type NodePoolProps } from './node-pool';
export type { OpenstackImage, OpenstackSettings } from './props';
export { RouterPool, type RouterPoolProps } from './router-pool';
export { DataVolume, type DataVolumeProps } from './volume';
