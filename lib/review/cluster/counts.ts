import { byName } from '../../base/json';
import type { Change, Plan } from '../plan/plan';

/** How many resources the plan touches, by what it does; those below the line are counted apart. */
export interface Counts {
  readonly create: number;
  readonly update: number;
  readonly replace: number;
  readonly delete: number;
  readonly forget: number;
  readonly import: number;
  readonly move: number;
  /** Left over from a failed replacement, destroyed now. */
  readonly leftOver: number;
  readonly outputs: number;
}

export interface ResourceLine {
  readonly address: string;
  readonly kind: Change['kind'];
  /** What makes it special: import, move, left over. */
  readonly note: string;
}

/** What the plan does, counted. */
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

/** Every change as a line, the worst first. */
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
