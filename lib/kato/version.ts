/** A release of the product; it decides the commands of `kato`. */
export interface KatoVersion {
  /** As declared: `3.6` or `3.4.2`. */
  readonly text: string;
  /** Its numbers; without a declared patch level the last one of the series. */
  readonly parts: readonly [major: number, minor: number, patch: number];
}

/** Release series with a known kato grammar, and the last patch level of each (facts §15; H). */
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

/** The release series that a declaration may name, oldest first (facts §15; H). */
export const KNOWN_VERSIONS: readonly string[] = Object.keys(SERIES);

/** The version, or the reason why this library cannot configure it. A series without patch level means its last one. */
export function parseVersion(text: string): KatoVersion | { readonly problem: string } {
  const match = /^(\d+)\.(\d+)(?:\.(\d+))?$/.exec(text);
  const known = `write one of ${KNOWN_VERSIONS.join(', ')}, or with a patch level such as 3.4.2`;
  if (!match) return { problem: `"${text}" is not a Stackato version; ${known}` };
  const [major, minor] = [Number(match[1]), Number(match[2])];
  const last = SERIES[`${major}.${minor}`];
  if (last === undefined) {
    if (major < 2 || (major === 2 && minor < 2)) {
      return { problem: `version ${text} predates the commands of kato (2.2 and later); ${known}` };
    }
    if (major >= 4) return { problem: `version ${text} is a different product without kato; ${known}` };
    return { problem: `unknown version ${text}; ${known}` };
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
