import type { ClusterSource } from './source';

export function synthSource(_dir: string): ClusterSource {
  throw new Error('not yet');
}
