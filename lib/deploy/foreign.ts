/** A state that belongs to another cloud: whose resources it holds, and what to do instead. */
export interface Foreign {
  readonly whose: string;
  readonly instead: string;
}
