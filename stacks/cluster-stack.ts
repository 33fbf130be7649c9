import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { type App, LocalBackend, TerraformStack } from 'cdktf';
import { Cluster } from '../lib/aws';
import type { ClusterSpec } from '../lib/spec/spec';

/** One cluster on one cloud as a stack, with its provider and a state file in the project's folder. */
export class AwsClusterStack extends TerraformStack {
  readonly cluster: Cluster;

  constructor(app: App, id: string, props: { readonly cluster: ClusterSpec }) {
    super(app, id);
    // Relative to the stack's own folder: the synthesized text is the same on every machine.
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    new AwsProvider(this, 'aws', { region: props.cluster.clouds.aws!.region, maxRetries: 8, s3UsePathStyle: true });
    this.cluster = new Cluster(this, props.cluster.name, { cluster: props.cluster });
  }
}

/** The name of the stack of a cluster on a cloud; also names its state file. */
export function stackName(cluster: string, cloud: string): string {
  return `${cluster}-${cloud}`;
}
