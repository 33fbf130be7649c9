import type { TerraformResource } from 'cdktf';

/** The Terraform address of a resource, or of one of its instances. */
export function resourceAddress(resource: TerraformResource, key?: string): string {
  const address = `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
  return key === undefined ? address : `${address}[${JSON.stringify(key)}]`;
}
