import type { TerraformStack } from 'cdktf';

/** A Terraform address that becomes another one, without a change of the resource. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

const moves = new WeakMap<TerraformStack, readonly Move[]>();

/** Adds `moved` blocks to a stack, after those that it has. */
export function addMoves(stack: TerraformStack, more: readonly Move[]): void {
  if (more.length === 0) return;
  const all = [...(moves.get(stack) ?? []), ...more];
  moves.set(stack, all);
  stack.addOverride('moved', all);
}
