interface Tagged {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Metadata of a server or volume that belongs to a cluster: what an interrupted apply left behind is found by it. */
export function metadataOf(cluster: Tagged, own: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { ...cluster.tags, 'stackato:cluster': cluster.name, ...own };
}

/** The same for what has tags only, words of at most 60 signs: networks, ports, groups, addresses, balancers. */
export function tagsOf(cluster: Tagged): string[] {
  return Object.entries(metadataOf(cluster)).map(([key, value]) => `${key}=${value}`);
}
