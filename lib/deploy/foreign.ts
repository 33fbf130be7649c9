/** Whose resources a state holds, where they are not of the cloud that is worked on, and what to do instead. */
export interface Foreign {
  readonly whose: string;
  readonly instead: string;
}
