import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdktf';
import { readCluster } from '../lib/spec/read';
import { withoutCreationTraces } from '../lib/terraform/quiet';
import { AwsClusterStack, stackName } from './cluster-stack';

// The cdktf app: every cluster of this folder, on every cloud that it names.
withoutCreationTraces();
const app = new App();
const folder = join(__dirname, '..', '..', 'stacks');
for (const file of readdirSync(folder)
  .filter((f) => f.endsWith('.yaml'))
  .sort()) {
  const cluster = readCluster(join(folder, file));
  if (cluster.clouds.aws) new AwsClusterStack(app, stackName(cluster.name, 'aws'), { cluster });
}
app.synth();
