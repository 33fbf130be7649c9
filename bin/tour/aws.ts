import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { packageFile } from '../../lib/base/package-file';
import { assertPractice, withLab } from '../../lib/cloud-api/environment';
import { labHere, openDeployment } from '../../lib/deploy/deployment';
import { type TourCloud, WORK } from './cloud';

const PORT = 5180;

/** The tour on AWS: a practice cloud of its own, which is removed with all its contents. */
export function awsTour(): TourCloud {
  const lab = labHere({ port: PORT, stateDir: join(WORK, 'lab-aws') });
  const env = () => {
    const practice = withLab(process.env, lab.env());
    assertPractice(practice, 'aws');
    return practice;
  };
  return {
    cloud: 'aws',
    about: 'AWS API on this machine, no account, no cost',
    file: packageFile('stacks/mvp.yaml'),
    async up(note, io) {
      // the state of an interrupted tour is void: its practice cloud is gone
      rmSync(join(WORK, 'terraform.mvp-aws.tfstate'), { force: true });
      return (await lab.up(note, io.signal)).endpoint!;
    },
    open(target, io) {
      env();
      return openDeployment(target, { practice: true, lab }, 'npm run quickstart', io);
    },
    env,
    danger: {
      what: 'another key for what keeps data',
      change: otherKey,
    },
    async down() {
      await lab.down();
      return 'the practice cloud and all its contents';
    },
    next: 'docs/aws.md for a real account',
  };
}

/** The declaration with another key for its volumes, which would replace them. */
export function otherKey(yaml: string): string {
  const line = 'kmsKeyId: arn:aws:kms:us-west-2:123456789012:key/11111111-2222-3333-4444-555555555555';
  return yaml.replace(/^( +)keyName:/m, `$1${line}\n$&`);
}
