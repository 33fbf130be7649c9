/** One rule's proof: a plan on which it speaks, and one close to it on which it must not. */
export interface RuleCase {
  readonly rule: string;
  readonly fires: unknown;
  readonly misses: unknown;
  /** What the statement, the steps or the consequences must contain. */
  readonly says?: readonly RegExp[];
  /** What none of them may contain. */
  readonly hides?: readonly RegExp[];
  readonly diagnostics?: string;
}
