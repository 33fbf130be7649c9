import type { Topology } from '../lib/topology/model';
import type { Io } from './io';

/** A stack of the command's target, synthesized. */
export interface Synthesized {
  readonly stack: string;
  readonly dir: string;
  readonly cluster: string;
  readonly region: string;
  readonly topology: Topology;
}

/** Finds and synthesizes what the operator named. */
export function synthesizeTarget(
  target: string,
  _options: { cloud?: string; outdir?: string },
  _io: Io,
): Promise<Synthesized> {
  return Promise.reject(new Error(`no synthesis is built in for ${target}`));
}
