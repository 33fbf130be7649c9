import { type Change, isUnknown } from '../plan/plan';

/** How a cloud's machine behaves when it is updated in place. One row per cloud. */
interface MachineType {
  /** Attributes whose change stops and starts it (AWS) or resizes it with a reboot (OpenStack). */
  readonly size: readonly string[];
  /** Attributes whose change rebuilds it and wipes its root disk, although the plan shows an update. */
  readonly rebuild: readonly string[];
  /** Attributes that hold user data. A change in place stops and starts it; cloud-init does not run again. */
  readonly userData: readonly string[];
  /** Attributes that hold its private address. */
  readonly address: readonly string[];
}

// Behaviour from the providers' source: AWS `instance.go`, OpenStack `resource_openstack_compute_instance_v2.go`.
const MACHINES: Readonly<Record<string, MachineType>> = {
  aws_instance: {
    size: ['instance_type'],
    rebuild: [],
    userData: ['user_data', 'user_data_base64'],
    address: ['private_ip'],
  },
  openstack_compute_instance_v2: {
    size: ['flavor_id', 'flavor_name'],
    rebuild: ['image_id', 'image_name'],
    userData: [],
    address: ['access_ip_v4'],
  },
};

export function isMachine(change: Change): boolean {
  return change.type in MACHINES;
}

/** The attribute whose change makes an `update` rebuild the machine, if there is one. */
export function rebuildAttribute(change: Change): string | undefined {
  return updated(change, 'rebuild', (attribute) => changedKnown(change, attribute));
}

/** The attribute whose change resizes the machine. */
export function sizeAttribute(change: Change): string | undefined {
  return updated(change, 'size', (attribute) => changedKnown(change, attribute));
}

/** The attribute in which user data changes while the machine stays. */
export function userDataAttribute(change: Change): string | undefined {
  return updated(change, 'userData', (attribute) => changedKnown(change, attribute) || isUnknown(change, attribute));
}

/** The private address that the machine has now. */
export function currentAddress(change: Change): string | undefined {
  for (const attribute of MACHINES[change.type]?.address ?? []) {
    const value = change.before?.[attribute];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

/** The attribute that holds the private address on this type of machine. */
export function addressAttribute(change: Change): string | undefined {
  return MACHINES[change.type]?.address[0];
}

type List = 'size' | 'rebuild' | 'userData';

function updated(change: Change, which: List, test: (attribute: string) => boolean): string | undefined {
  if (change.kind !== 'update') return undefined;
  return MACHINES[change.type]?.[which].find(test);
}

function changedKnown(change: Change, attribute: string): boolean {
  const [before, after] = [change.before?.[attribute], change.after?.[attribute]];
  return after !== undefined && after !== null && before !== after && !isUnknown(change, attribute);
}

/** Whether the machine is stopped now. */
export function isStopped({ type, before }: Change): boolean {
  const state = before?.[type === 'aws_instance' ? 'instance_state' : 'power_state'];
  return type in MACHINES && (state === 'stopped' || state === 'stopping' || state === 'shutoff');
}

/** The attribute that reads differently because a machine is stopped: it has given back its public address (AWS). */
export function stoppedAttribute(change: Change): string | undefined {
  const attribute = 'associate_public_ip_address';
  return isStopped(change) && change.before?.[attribute] === false ? attribute : undefined;
}

/** Whether a server would be replaced because its flavor no longer exists, so that it cannot be resized (OpenStack). */
export function flavorGone(change: Change): boolean {
  return (
    change.type === 'openstack_compute_instance_v2' &&
    change.kind === 'replace' &&
    ['flavor_id', 'flavor_name'].some((a) => change.before?.[a] === '' && change.replacePaths.some(([p]) => p === a))
  );
}
