import type { Io } from '../../lib/base/voice';
import { clusterJsonSchema } from '../../lib/declaration/json-schema';

/** `schema`: the JSON Schema that editors check and complete a declaration with. */
export async function run(_args: readonly string[], _options: Record<string, unknown>, io: Io): Promise<number> {
  io.out(JSON.stringify(clusterJsonSchema(), null, 2));
  return 0;
}
