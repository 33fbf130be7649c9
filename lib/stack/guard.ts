import type { Construct } from 'constructs';

/**
 * Throws a plain Error if the app uses another copy of `cdktf` than this library: two copies cannot build one tree, and
 * their own errors do not say so.
 */
export function sameCore(scope: Construct): void {
  const theirs: unknown = scope.node.tryGetContext('cdktfVersion');
  const ours = (require('cdktf/package.json') as { version: string }).version;
  const series = (version: string) => version.split('.').slice(0, 2).join('.');
  if (typeof theirs !== 'string' || theirs === 'test' || series(theirs) === series(ours)) return;
  throw new Error(
    `your app uses cdktf ${theirs}, but cdktf-stackato loaded ${ours}; let both use the same one, for example with ` +
      `"overrides": { "cdktf-stackato": { "cdktf": "$cdktf" } } in package.json`,
  );
}
