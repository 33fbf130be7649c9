import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { type App, LocalBackend, TerraformStack } from 'cdktf';
import { Cluster } from '../lib/aws/cluster';
import { awsSettings } from '../lib/aws/props';
import type { ClusterSpec } from '../lib/declaration/spec';

/** A stack with one cluster on AWS, its provider, and a state file in the project's folder. */
export class AwsClusterStack extends TerraformStack {
  readonly cluster: Cluster;

  constructor(app: App, id: string, props: { readonly cluster: ClusterSpec }) {
    super(app, id);
    // Relative to the stack's own folder: the synthesized text is the same on every machine.
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    const { region } = awsSettings(props.cluster, undefined);
    new AwsProvider(this, 'aws', { region, maxRetries: 8, s3UsePathStyle: true });
    this.cluster = new Cluster(this, props.cluster.name, { cluster: props.cluster });
  }
}
