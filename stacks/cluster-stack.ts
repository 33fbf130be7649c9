import type { App, TerraformStack } from 'cdktf';
import type { CloudName, ClusterSpec } from '../lib/declaration/spec';

/** The stacks by cloud, each loaded with its bindings when it is asked for. */
const STACKS: Readonly<
  Record<CloudName, () => new (app: App, id: string, props: { cluster: ClusterSpec }) => TerraformStack>
> = {
  aws: () => (require('./aws') as typeof import('./aws')).AwsClusterStack,
  openstack: () => (require('./openstack') as typeof import('./openstack')).OpenStackClusterStack,
};

/** Clouds that a declaration names. */
export function cloudsOf(cluster: ClusterSpec): readonly CloudName[] {
  return (Object.keys(STACKS) as CloudName[]).filter((cloud) => cluster.clouds[cloud]);
}

/** Makes the stack of a cluster on one of its clouds. */
export function clusterStack(app: App, cluster: ClusterSpec, cloud: CloudName): TerraformStack {
  const Stack = STACKS[cloud]();
  return new Stack(app, stackName(cluster.name, cloud), { cluster });
}

/** The name of the stack of a cluster on a cloud; also names its state file. */
export function stackName(cluster: string, cloud: string): string {
  return `${cluster}-${cloud}`;
}
