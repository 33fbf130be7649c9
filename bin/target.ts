import type { Io } from './io';

export interface SynthesizedTarget {
  readonly stack: string;
  /** Folder with `cdk.tf.json`. */
  readonly dir: string;
  readonly cluster: string;
  readonly region: string;
  readonly keyNames: string[];
  readonly secrets: string[];
  readonly resources: number;
  readonly stateFile: string;
}

export async function synthesizeTarget(
  target: string,
  _options: { cloud?: string; unprotected?: boolean; outdir?: string },
  _io: Io,
): Promise<SynthesizedTarget> {
  throw new Error(`can not synthesize ${target} yet`);
}
