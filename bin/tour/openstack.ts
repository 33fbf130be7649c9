import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../../lib/base/file';
import { ToolError } from '../../lib/base/input';
import { packageFile } from '../../lib/base/package-file';
import { type Io, quietIo } from '../../lib/base/voice';
import { mirrorConfig, openDeployment } from '../../lib/deploy/deployment';
import { type OpenstackLab, openstackLab } from '../../lib/lab/openstack-lab';
import { mayInstall } from '../lab/openstack';
import * as destroy from '../verbs/destroy';
import { type TourCloud, type TourOptions, WORK } from './cloud';

const COMMAND = 'cdktf-stackato quickstart --cloud openstack';
/** A name of its own: this machine's practice cloud may hold other clusters. */
const NAME = 'quickstart';
const STATE = join(WORK, `terraform.${NAME}-openstack.tfstate`);
const CLEAN_UP_SECONDS = 900;

/**
 * The tour on OpenStack: in the one practice cloud of this user, which is left as it was found. Asks first whether missing
 * Debian packages may be installed.
 */
export async function openstackTour(options: TourOptions, io: Io): Promise<TourCloud> {
  const cliConfig = mirrorConfig();
  const lab = openstackLab(cliConfig === undefined ? {} : { cliConfig });
  const file = join(WORK, `${NAME}.yaml`);
  const outdir = join(WORK, 'cdktf.out');
  mkdirSync(WORK, { recursive: true });
  writeWhole(file, readFileSync(packageFile('stacks/mvp.yaml'), 'utf8').replace(/^name: .*/m, `name: ${NAME}`));
  const packages = await askFirst(lab, options, io);
  let began = false;
  const takeBack = async (note: (text: string) => void, voice: Io): Promise<void> => {
    note('destroying what was deployed');
    const all = { cloud: 'openstack', practice: true, autoApprove: true, includingData: true, outdir };
    await destroy.run([file], all, voice);
  };
  return {
    cloud: 'openstack',
    about: 'a real OpenStack control plane on this machine, no account, no cost',
    file,
    async up(note, voice) {
      await packages(note, voice);
      began = !(await lab.status()).up;
      const { endpoint } = await lab.up(note, voice.signal);
      if (existsSync(STATE)) await takeBack(note, quiet(voice, voice.signal));
      return endpoint!;
    },
    open: (target, voice) => openDeployment(target, { practice: true }, COMMAND, voice),
    danger: {
      what: 'another image for the core',
      change: otherImage,
    },
    async down(note, voice) {
      // also after Ctrl-C: this cloud may hold other clusters
      const own = quiet(voice, AbortSignal.timeout(CLEAN_UP_SECONDS * 1000));
      if (existsSync(STATE)) {
        await takeBack(note, own).catch((error: unknown) => {
          if (!(error instanceof ToolError)) throw error;
          const next = `${COMMAND} again: it first destroys what is left`;
          throw new ToolError(`the tour's cluster still exists: ${error.message}`, next, error.detail);
        });
      }
      if (!began) return 'everything the tour made; the practice cloud was up before and stays up';
      note('stopping the practice cloud');
      await lab.down();
      return 'everything the tour made; the practice cloud is stopped';
    },
    next: 'docs/openstack.md for a real cloud',
  };
}

/** The declaration with another image for the core, which would rebuild it. */
export function otherImage(yaml: string): string {
  return yaml.replace(/^( +)image: stackato-3\.6$/m, '$&\n$1images: { core: stackato-3.6.2 }');
}

/** Asks before the tour begins, so that no step is interrupted by a question; returns the installation, to run in its step. */
async function askFirst(
  lab: OpenstackLab,
  options: TourOptions,
  io: Io,
): Promise<(note: (text: string) => void, io: Io) => Promise<void>> {
  try {
    const missing = await lab.missing();
    if (missing.length === 0) return () => Promise.resolve();
    await mayInstall(missing, options, io);
    return (note, voice) => lab.install(note, voice.signal);
  } catch (error) {
    return () => Promise.reject(error);
  }
}

/** Silent: the step reports what matters. */
const quiet = ({ json, color }: Io, signal: AbortSignal): Io => ({ ...quietIo(signal), json, color });
