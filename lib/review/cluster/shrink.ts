import { number, object } from '../../base/json';
import { type Change, isUnknown } from '../plan/plan';

/** Attributes with a size in GiB that a cloud can grow and not shrink. */
const GROWS_ONLY: Readonly<Record<string, string>> = {
  aws_ebs_volume: 'size',
  aws_db_instance: 'allocated_storage',
  openstack_blockstorage_volume_v2: 'size',
  openstack_blockstorage_volume_v3: 'size',
};

/** A size that a plan lowers in place, which no cloud does. */
export interface Shrink {
  readonly attribute: string;
  /** GiB. */
  readonly before: number;
  /** GiB. */
  readonly after: number;
}

/** Whether a change makes a volume or database smaller in place. */
export function shrinkOf(change: Change): Shrink | undefined {
  const attribute = GROWS_ONLY[change.type];
  if (!attribute || change.kind !== 'update' || isUnknown(change, attribute)) return undefined;
  const [before, after] = [number(object(change.before)[attribute]), number(object(change.after)[attribute])];
  if (before === undefined || after === undefined || after >= before) return undefined;
  return { attribute, before, after };
}
