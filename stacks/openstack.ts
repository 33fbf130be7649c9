import { type App, LocalBackend, TerraformStack } from 'cdktf';
import { OpenstackProvider } from '#provider-openstack/provider';
import type { ClusterSpec } from '../lib/declaration/spec';
import { Cluster } from '../lib/openstack/cluster';
import { openstackSettings } from '../lib/openstack/props';

/** A stack with one cluster on OpenStack, its provider, and a state file in the project's folder. */
export class OpenStackClusterStack extends TerraformStack {
  readonly cluster: Cluster;

  constructor(app: App, id: string, props: { readonly cluster: ClusterSpec }) {
    super(app, id);
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    const { authUrl, cloud, region } = openstackSettings(props.cluster, undefined);
    // Credentials come from the environment or from clouds.yaml, never from here.
    new OpenstackProvider(this, 'openstack', {
      region,
      maxRetries: 8,
      ...(authUrl ? { authUrl } : {}),
      ...(cloud ? { cloud } : {}),
    });
    this.cluster = new Cluster(this, props.cluster.name, { cluster: props.cluster });
  }
}
