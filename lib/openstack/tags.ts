interface Tagged {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Metadata of a server or volume that belongs to a cluster: orphans of an interrupted apply are found by it. */
export function metadataOf(cluster: Tagged, own: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { ...cluster.tags, 'stackato:cluster': cluster.name, ...own };
}

/** The same as tags of at most 60 characters, for networks, ports, groups, addresses and balancers, which have no metadata. */
export function tagsOf(cluster: Tagged): string[] {
  return Object.entries(metadataOf(cluster)).map(([key, value]) => `${key}=${value}`);
}
