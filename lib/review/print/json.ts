import type { Review } from '../review';

/** The review as a JSON document, for programs. `schema` increases only when a field changes its meaning. */
export function renderJson(review: Review): string {
  return `${JSON.stringify(review, null, 2)}\n`;
}
