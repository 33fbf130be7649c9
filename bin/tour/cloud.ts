import type { Io } from '../../lib/base/voice';
import type { Deployment } from '../../lib/deploy/deployment';
import type { Target } from '../../lib/deploy/target';

/** Folder of all files that the tour makes. */
export const WORK = '.stackato/quickstart';

export interface TourOptions {
  /** Keeps the practice cloud and the deployment. */
  readonly keep?: boolean;
  /** Installs the packages of the practice cloud without asking. */
  readonly yes?: boolean;
}

/** The parts of a tour that depend on the cloud. */
export interface TourCloud {
  readonly cloud: 'aws' | 'openstack';
  /** What the practice cloud is, for brackets. */
  readonly about: string;
  /** The declaration that is deployed. */
  readonly file: string;
  /**
   * Starts the practice cloud, and returns its address.
   * @throws ToolError when it cannot be started
   */
  up(note: (text: string) => void, io: Io): Promise<string>;
  open(target: Target, io: Io): Promise<Deployment>;
  /** For rehearsals. @default found automatically */
  readonly env?: () => NodeJS.ProcessEnv;
  /** A change of the declaration that a review must block. */
  readonly danger: { readonly what: string; change(yaml: string): string };
  /**
   * Removes everything the tour made, and describes it.
   * @throws ToolError when something stays
   */
  down(note: (text: string) => void, io: Io): Promise<string>;
  /** Where to read on. */
  readonly next: string;
}
