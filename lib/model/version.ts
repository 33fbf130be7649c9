/** A product version; a missing patch number means the last release of its line (`3.4` is 3.4.2). */
export interface Version {
  readonly text: string;
  readonly parts: readonly number[];
}

/** Reads `3.6`, `v3.4.2` or `2.10.6-rc1`; throws a plain Error for anything else, since an image cannot carry it. */
export function parseVersion(text: string): Version {
  const match = /^v?(\d+(?:\.\d+){0,3})/.exec(text.trim());
  if (!match) throw new Error(`VERSION holds "${text.trim()}", which is not a version`);
  return { text: match[1]!, parts: match[1]!.split('.').map(Number) };
}

/** Whether `version` is `wanted` or later. */
export function atLeast(version: Version, wanted: string): boolean {
  const other = wanted.split('.').map(Number);
  for (let i = 0; i < other.length; i++) {
    const mine = version.parts[i];
    if (mine === undefined) return true;
    if (mine !== other[i]) return mine > other[i]!;
  }
  return true;
}

/** What differs between product versions, each with its section of the facts and how sure it is. */
export interface Product {
  readonly version: Version;
  /** 2.2-2.6: `kato attach`; 2.8 and later: `kato node attach` (2.2, H). */
  readonly grammar: 'flat' | 'nested';
  /** Up to 3.2.1 kato always exits 0 (0.1-6, RN 103719, H). */
  readonly honestExit: boolean;
  /** `process ready --block` did not really time out before 3.4.1 (0.1-6, RN 103945, H). */
  readonly timesOut: boolean;
  /** Redis on 7474 since 3.0, Doozer on 8046 before (0.1-10, H). */
  readonly storePort: 7474 | 8046;
  /** Attach compares versions from 3.0 on (2.3, RN 98390, H). */
  readonly comparesVersions: boolean;
  /** Attach logs in to the core with a key in 3.6 (0.1-8, M). */
  readonly keyLogin: boolean;
  /** External databases need `<role>_gateway external_datastore true` (10.1, S0, H). */
  readonly datastoreSwitch: boolean;
  /** `aws_rds_compat` exists (7.5, RN 99444, H). */
  readonly rdsSwitch: boolean;
  /** Instances of services have ranges of ports (3.4, H). */
  readonly instancePorts: boolean;
  /** stackato-rest's agent listens on every node (3.2, H). */
  readonly restAgent: boolean;
  /** The organisation of the first user became mandatory (2.3, RN 100861, H). */
  readonly organisation: boolean;
}

/** The facts of one version. */
export function productOf(text: string): Product {
  const version = parseVersion(text);
  const since = (wanted: string) => atLeast(version, wanted);
  return {
    version,
    grammar: since('2.8') ? 'nested' : 'flat',
    honestExit: since('3.4.1'),
    timesOut: since('3.4.1'),
    storePort: since('3.0') ? 7474 : 8046,
    comparesVersions: since('3.0'),
    keyLogin: since('3.6'),
    datastoreSwitch: since('3.6'),
    rdsSwitch: since('3.0'),
    instancePorts: since('3.2'),
    restAgent: since('3.0'),
    organisation: since('3.0'),
  };
}

/** Versions that know something: from `since` on, no longer from `until` on. */
export interface Span {
  readonly since?: string;
  readonly until?: string;
}

/** Whether a version lies in a span. */
export function knownTo(version: Version, span: Span): boolean {
  return (
    (span.since === undefined || atLeast(version, span.since)) &&
    (span.until === undefined || !atLeast(version, span.until))
  );
}
