import { createRequire } from 'node:module';
import { type ClusterSpec, aws, planTopology, readCluster, topologyText } from 'cdktf-stackato';
import { clusterFile } from './place.mjs';

const cluster: ClusterSpec = readCluster(clusterFile);
const loaded = Object.keys(createRequire(import.meta.url).cache).filter((file) => /node_modules[/\\](cdktf|@cdktf)[/\\]/.test(file));
if (loaded.length > 0) throw new Error(`loaded for nothing: ${loaded[0]}`);
console.log(topologyText(planTopology(cluster), { boot: false, rules: false }));
console.log(aws.DeaPool.name);
