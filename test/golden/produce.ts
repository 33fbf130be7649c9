import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clusterJsonSchema } from '../../lib/declaration/json-schema';
import { parseClusterText } from '../../lib/declaration/read';
import { renderMove } from '../../lib/kato/render';
import { planTopology } from '../../lib/topology/plan';
import { topologyText } from '../../lib/topology/text';
import { bootScript, clusterDocument, declared, ofType, ROOT, STACKS, userData } from '../aws/synth';
import { openstackDocument, plainData } from '../openstack/synth';
import { firewallDoc } from './firewall-doc';
import { modelDocument } from './model-doc';

/** Every golden file, by its path in the repository: what is produced today. */
export function produce(): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const name of STACKS) {
    const cluster = declared(name);
    const document = clusterDocument(cluster);
    files.set(`test/golden/${name}/topology.txt`, topologyText(planTopology(cluster)));
    for (const [, instance] of ofType(document, 'aws_instance')) {
      const pool = (instance['tags'] as Record<string, string>)['stackato:pool'];
      files.set(`test/golden/${name}/${pool}.boot.sh`, bootScript(userData(instance)));
    }
    files.set(`test/golden/${name}/aws.tf.json`, `${JSON.stringify(readable(document), null, 2)}\n`);
    const other = openstackDocument(cluster);
    for (const [, server] of ofType(other, 'openstack_compute_instance_v2')) {
      const pool = (server['metadata'] as Record<string, string>)['stackato:pool'];
      files.set(`test/golden/${name}/${pool}.openstack.boot.sh`, bootScript(plainData(server)));
    }
    files.set(`test/golden/${name}/openstack.tf.json`, `${JSON.stringify(readable(other), null, 2)}\n`);
  }
  // The same cluster in the words of older versions, which had no licence command.
  const mvp = readFileSync(join(ROOT, 'stacks', 'mvp.yaml'), 'utf8');
  for (const version of ['2.6', '3.4']) {
    const older = mvp.replace('version: "3.6"', `version: "${version}"`);
    const text = version === '2.6' ? older.replaceAll(/^license.*\n/gm, '') : older;
    const cluster = parseClusterText(text, version);
    files.set(`test/golden/mvp/topology-${version}.txt`, topologyText(planTopology(cluster)));
    if (version !== '2.6') continue;
    for (const [, server] of ofType(openstackDocument(cluster), 'openstack_compute_instance_v2')) {
      const pool = (server['metadata'] as Record<string, string>)['stackato:pool'];
      files.set(`test/golden/mvp/${pool}-${version}.openstack.boot.sh`, bootScript(plainData(server)));
    }
  }
  files.set('schema/cluster.schema.json', `${JSON.stringify(clusterJsonSchema(), null, 2)}\n`);
  files.set('docs/firewall.md', firewallDoc());
  files.set('docs/model.md', modelDocument());
  files.set('docs/core-move.sh', renderMove('/mnt/stackato'));
  return files;
}

/** Keys in order, and a digest instead of user data, which stands beside as a script. */
function readable(value: unknown, key = ''): unknown {
  if (key === 'user_data') return digest(plainData({ user_data: value }));
  if (key === 'user_data_base64') {
    return digest(userData({ user_data_base64: value }));
  }
  if (Array.isArray(value)) return value.map((v) => readable(v));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([k, v]) => [k, readable(v, k)]));
}

const digest = (data: string) => `sha256:${createHash('sha256').update(data).digest('hex').slice(0, 16)}`;

/** Where two texts part: lines with - are expected, with + are there. */
export function difference(expected: string, actual: string): string {
  const [a, b] = [expected.split('\n'), actual.split('\n')];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const some = (lines: string[], mark: string) => {
    const all = lines.slice(start, lines.length - end).map((l) => `${mark} ${l}`);
    return all.length > 30 ? [...all.slice(0, 30), `${mark} … ${all.length - 30} more`] : all;
  };
  const before = a.slice(Math.max(0, start - 2), start).map((l) => `  ${l}`);
  return [`from line ${start + 1}:`, ...before, ...some(a, '-'), ...some(b, '+')].join('\n');
}
