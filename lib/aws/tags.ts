/** Tags of everything that belongs to a cluster: what an interrupted apply left behind is found by them. */
export function tagsOf(
  cluster: { readonly name: string; readonly tags: Readonly<Record<string, string>> },
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  return { ...cluster.tags, 'stackato:cluster': cluster.name, ...own };
}
