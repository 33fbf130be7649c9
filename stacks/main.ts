import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdktf';
import { readCluster } from '../lib/declaration/read';
import { withoutCreationTraces } from '../lib/stack/quiet';
import { cloudsOf, clusterStack } from './cluster-stack';

// The cdktf app: every cluster of this folder, on every cloud that it names.
withoutCreationTraces();
const app = new App();
const folder = join(__dirname, '..', '..', 'stacks');
for (const file of readdirSync(folder)
  .filter((f) => f.endsWith('.yaml'))
  .sort()) {
  const cluster = readCluster(join(folder, file));
  for (const cloud of cloudsOf(cluster)) clusterStack(app, cluster, cloud);
}
app.synth();
