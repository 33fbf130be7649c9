import { byName } from '../../base/json';
import type { Change, Plan } from '../plan/plan';

/** Numbers of resources by the plan's action. Imports, moves and outputs may overlap with the others. */
export interface Counts {
  /** Resources to create. */
  readonly create: number;
  /** Resources to update in place. */
  readonly update: number;
  /** Resources to replace. */
  readonly replace: number;
  /** Resources to destroy. */
  readonly delete: number;
  /** Resources that Terraform stops managing and does not destroy. */
  readonly forget: number;
  /** Existing resources to import. */
  readonly import: number;
  /** Resources that move to another address. */
  readonly move: number;
  /** Leftover (deposed) objects of failed replacements, destroyed by this plan. */
  readonly leftOver: number;
  /** Outputs that change. */
  readonly outputs: number;
}

/** A resource and the plan's action on it. */
export interface ResourceLine {
  /** Terraform address. */
  readonly address: string;
  /** What the plan does to it. */
  readonly kind: Change['kind'];
  /** `import`, `was OLD_ADDRESS`, `left over (KEY)`, joined by commas, or empty. */
  readonly note: string;
}

/** Counts the plan's actions. */
export function countAll(plan: Plan, changes: readonly Change[]): Counts {
  const current = changes.filter((c) => c.deposed === undefined);
  const of = (kind: Change['kind']) => current.filter((c) => c.kind === kind).length;
  const managed = plan.changes.filter((c) => c.managed);
  return {
    create: of('create'),
    update: of('update'),
    replace: of('replace'),
    delete: of('delete'),
    forget: of('forget'),
    import: managed.filter((c) => c.importing).length,
    move: managed.filter((c) => c.previousAddress !== undefined && c.previousAddress !== c.address).length,
    leftOver: changes.length - current.length,
    outputs: plan.outputs.filter((output) => output.changed).length,
  };
}

const KIND_ORDER: readonly Change['kind'][] = [
  'delete',
  'replace',
  'forget',
  'update',
  'create',
  'other',
  'read',
  'noop',
];

/** Every change as a line, worst first. */
export function resourceLines(changes: readonly Change[]): ResourceLine[] {
  return changes
    .map((c) => ({
      address: c.address,
      kind: c.kind,
      note: [
        c.deposed === undefined ? '' : `left over (${c.deposed})`,
        c.importing ? 'import' : '',
        c.previousAddress && c.previousAddress !== c.address ? `was ${c.previousAddress}` : '',
      ]
        .filter((note) => note !== '')
        .join(', '),
    }))
    .sort((a, b) => KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind) || byName(a.address, b.address));
}
