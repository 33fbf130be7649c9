import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TerraformStack } from 'cdktf';
import { OpenstackProvider } from '#provider-openstack/provider';
import type { ClusterSpec } from '../../lib/declaration/spec';
import type { ProviderSchemas } from '../../lib/validate/schema';
import { stackName } from '../../stacks/cluster-stack';
import { OpenStackClusterStack } from '../../stacks/openstack';
import { type Document, type Resource, ROOT, synthesize } from '../aws/synth';

/** What the provider takes. */
export const SCHEMA = JSON.parse(readFileSync(join(ROOT, 'schema', 'openstack-3.4.0.json'), 'utf8')) as ProviderSchemas;

/** The stack of a cluster, without cdktf's own notes. */
export function openstackDocument(cluster: ClusterSpec): Document {
  return synthesize((app) => new OpenStackClusterStack(app, stackName(cluster.name, 'openstack'), { cluster }));
}

/** A stack that `build` fills, beside a provider. */
export function openstackStack(build: (stack: TerraformStack) => void): Document {
  return synthesize((app) => {
    const stack = new TerraformStack(app, 'test');
    new OpenstackProvider(stack, 'openstack', { cloud: 'test' });
    build(stack);
    return stack;
  });
}

/** What a server's user data holds, as Terraform passes it on. */
export function plainData(instance: Resource): string {
  return String(instance['user_data']).replaceAll('$${', '${').replaceAll('%%{', '%{');
}
