import { number, object } from '../../base/json';
import { type Change, isUnknown } from '../plan/plan';

/** Attributes with a size in GiB that a cloud can grow and not shrink. */
const GROWS_ONLY: Readonly<Record<string, string>> = {
  aws_ebs_volume: 'size',
  aws_db_instance: 'allocated_storage',
  openstack_blockstorage_volume_v2: 'size',
  openstack_blockstorage_volume_v3: 'size',
};

/** A size that a plan changes in place. */
export interface Resizing {
  readonly attribute: string;
  /** GiB. */
  readonly before: number;
  /** GiB. */
  readonly after: number;
}

/** The change of a volume or database that becomes smaller in place, which no cloud does. */
export function shrinkOf(change: Change): Resizing | undefined {
  const size = resizing(change);
  return size && size.after < size.before ? size : undefined;
}

/** The change of a volume or database that becomes bigger in place. */
export function growthOf(change: Change): Resizing | undefined {
  const size = resizing(change);
  return size && size.after > size.before ? size : undefined;
}

function resizing(change: Change): Resizing | undefined {
  const attribute = GROWS_ONLY[change.type];
  if (!attribute || change.kind !== 'update' || isUnknown(change, attribute)) return undefined;
  const [before, after] = [number(object(change.before)[attribute]), number(object(change.after)[attribute])];
  return before === undefined || after === undefined ? undefined : { attribute, before, after };
}
