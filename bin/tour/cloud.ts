import type { Io } from '../../lib/base/voice';
import type { Deployment } from '../../lib/deploy/deployment';
import type { Target } from '../../lib/deploy/target';

/** Where the tour keeps all that it makes. */
export const WORK = '.stackato/quickstart';

export interface TourOptions {
  /** Leaves the practice cloud and the deployment. */
  readonly keep?: boolean;
  /** Installs what the practice cloud needs without asking. */
  readonly yes?: boolean;
}

/** What a tour does in its own way on a cloud. */
export interface TourCloud {
  readonly cloud: 'aws' | 'openstack';
  /** What the practice cloud is, in brackets. */
  readonly about: string;
  /** The declaration that is deployed. */
  readonly file: string;
  /** Starts the practice cloud, and says where it is. @throws ToolError where that can not be done */
  up(note: (text: string) => void, io: Io): Promise<string>;
  open(target: Target, io: Io): Promise<Deployment>;
  /** For rehearsals. @default found by itself */
  readonly env?: () => NodeJS.ProcessEnv;
  /** A change of the declaration that a review must block. */
  readonly danger: { readonly what: string; change(yaml: string): string };
  /** Takes back all that the tour made, and says so. @throws ToolError when something stays */
  down(note: (text: string) => void, io: Io): Promise<string>;
  /** Where to read on. */
  readonly next: string;
}
