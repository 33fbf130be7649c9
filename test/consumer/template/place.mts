import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The example cluster that travels in the package. */
export const clusterFile = join(
  dirname(createRequire(import.meta.url).resolve('cdktf-stackato/package.json')),
  'stacks',
  'mvp.yaml',
);
