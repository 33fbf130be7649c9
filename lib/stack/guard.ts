import type { Construct } from 'constructs';

/**
 * Refuses an app whose core is another `cdktf` than the one that this library loaded: two of them cannot build one tree,
 * and what they say themselves is a riddle. Throws `Error`.
 */
export function sameCore(scope: Construct): void {
  const theirs: unknown = scope.node.tryGetContext('cdktfVersion');
  const ours = (require('cdktf/package.json') as { version: string }).version;
  const series = (version: string) => version.split('.').slice(0, 2).join('.');
  if (typeof theirs !== 'string' || theirs === 'test' || series(theirs) === series(ours)) return;
  throw new Error(
    `your app runs on cdktf ${theirs}, cdktf-stackato loaded ${ours}; give both the same one, for example with ` +
      `"overrides": { "cdktf-stackato": { "cdktf": "$cdktf" } } in package.json`,
  );
}
