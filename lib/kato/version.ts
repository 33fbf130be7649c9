/** A release of the product; which words `kato` understands follows from it. */
export interface KatoVersion {
  /** As declared. */
  readonly text: string;
  readonly parts: readonly [major: number, minor: number, patch: number];
}

/** Release series that the kato grammar is known for, with the last patch level of each (facts §15; H). */
const SERIES: Readonly<Record<string, number>> = {
  '2.2': 3,
  '2.4': 0,
  '2.6': 7,
  '2.8': 0,
  '2.10': 6,
  '3.0': 1,
  '3.2': 1,
  '3.4': 2,
  '3.6': 2,
};

export const KNOWN_VERSIONS: readonly string[] = Object.keys(SERIES);

/** The version, or in words why it is none that we can configure. A series alone stands for its last patch level. */
export function parseVersion(text: string): KatoVersion | { readonly problem: string } {
  const match = /^(\d+)\.(\d+)(?:\.(\d+))?$/.exec(text);
  const known = `write one of ${KNOWN_VERSIONS.join(', ')}, or with a patch level such as 3.4.2`;
  if (!match) return { problem: `"${text}" is not a Stackato version; ${known}` };
  const [major, minor] = [Number(match[1]), Number(match[2])];
  const last = SERIES[`${major}.${minor}`];
  if (last === undefined) {
    if (major < 2 || (major === 2 && minor < 2)) {
      return { problem: `version ${text} is configured by other commands than today's kato (2.2 and later); ${known}` };
    }
    if (major >= 4) return { problem: `version ${text} is a different product without kato; ${known}` };
    return { problem: `version ${text} is not known; ${known}` };
  }
  return { text, parts: [major, minor, match[3] === undefined ? last : Number(match[3])] };
}

/** Whether `version` is `other` (`3.2.1`, or `3.2` for its first release) or later. */
export function atLeast(version: KatoVersion, other: string): boolean {
  const [a = 0, b = 0, c = 0] = other.split('.').map(Number);
  const [major, minor, patch] = version.parts;
  if (major !== a) return major > a;
  if (minor !== b) return minor > b;
  return patch >= c;
}
