import type { Io } from '../../lib/base/voice';
import { readCluster } from '../../lib/declaration/read';
import { topologyMermaid } from '../../lib/topology/mermaid';
import { planTopology } from '../../lib/topology/plan';
import { topologyText } from '../../lib/topology/text';

/** `show FILE`: the topology as text, Mermaid or JSON. */
export async function run(args: readonly string[], options: Record<string, unknown>, io: Io): Promise<number> {
  const topology = planTopology(readCluster(args[0]!));
  const brief = options['brief'] === true;
  if (io.json || options['format'] === 'json') io.out(JSON.stringify(topology, null, 2));
  else if (options['format'] === 'mermaid') io.out(topologyMermaid(topology).trimEnd());
  else io.out(topologyText(topology, { boot: !brief, rules: !brief }).trimEnd());
  return 0;
}
