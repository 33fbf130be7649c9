import { cloudFaults } from './cloud';
import type { Fault } from './contract';
import { diskFaults } from './disks';
import { katoFaults } from './kato';
import { networkFaults } from './network';
import { powerFaults } from './power';

/** All faults of a rehearsal. */
export const faults: readonly Fault[] = [
  ...cloudFaults,
  ...networkFaults,
  ...powerFaults,
  ...diskFaults,
  ...katoFaults,
];
