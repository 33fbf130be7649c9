import { list, object, text } from '../base/json';

/**
 * Addresses of the entries of `terraform_data` whose ids name the last snapshots of databases that a plan replaces without
 * them. What a declaration changes replaces both; a creation that was interrupted, or `-replace`, only the instance: its
 * successor would have the name of the snapshot that its predecessor leaves.
 */
export function staleRecords(json: Readonly<Record<string, unknown>>): string[] {
  const resources = list(object(object(json['configuration'])['root_module'])['resources']).map(object);
  const named = (address: unknown) => {
    const expression = object(resources.find((r) => r['address'] === address)?.['expressions']);
    const references = list(object(expression['final_snapshot_identifier'])['references']);
    return references.flatMap((r) => /^terraform_data\.[\w-]+$/.exec(text(r) ?? '')?.[0] ?? []);
  };
  return list(json['resource_changes']).flatMap((entry) => {
    const { type, address, change } = object(entry);
    const { actions, before, after } = object(change);
    if (type !== 'aws_db_instance' || !list(actions).includes('delete') || !list(actions).includes('create')) return [];
    const name = text(object(after)['final_snapshot_identifier']);
    return name !== undefined && name === object(before)['final_snapshot_identifier'] ? named(address) : [];
  });
}
