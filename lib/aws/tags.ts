/** Tags of all resources of a cluster. Orphans of an interrupted apply are found by them. */
export function tagsOf(
  cluster: { readonly name: string; readonly tags: Readonly<Record<string, string>> },
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  return { ...cluster.tags, 'stackato:cluster': cluster.name, ...own };
}
