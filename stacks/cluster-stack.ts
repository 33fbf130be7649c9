import type { App, TerraformStack } from 'cdktf';
import type { CloudName, ClusterSpec } from '../lib/declaration/spec';

/** The stacks by cloud; each is loaded with its bindings on first use. */
const STACKS: Readonly<
  Record<CloudName, () => new (app: App, id: string, props: { cluster: ClusterSpec }) => TerraformStack>
> = {
  aws: () => (require('./aws') as typeof import('./aws')).AwsClusterStack,
  openstack: () => (require('./openstack') as typeof import('./openstack')).OpenStackClusterStack,
};

/** The clouds of a declaration. */
export function cloudsOf(cluster: ClusterSpec): readonly CloudName[] {
  return (Object.keys(STACKS) as CloudName[]).filter((cloud) => cluster.clouds[cloud]);
}

/** Makes the stack of a cluster on one of its clouds. */
export function clusterStack(app: App, cluster: ClusterSpec, cloud: CloudName): TerraformStack {
  const Stack = STACKS[cloud]();
  return new Stack(app, stackName(cluster.name, cloud), { cluster });
}

/** The name of a cluster's stack on a cloud, also in the name of its state file: `mvp-aws`. */
export function stackName(cluster: string, cloud: string): string {
  return `${cluster}-${cloud}`;
}
