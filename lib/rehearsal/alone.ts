import { ToolError } from '../input';
import type { RehearsalEvent, RehearsalOptions, RehearsalResult } from './rehearse';
import type { ClusterSource } from './source';
export async function rehearseAlone(
  _cluster: ClusterSource,
  _options: RehearsalOptions,
  _onEvent: (event: RehearsalEvent) => void,
  _signal: AbortSignal,
): Promise<RehearsalResult> {
  throw new ToolError('hosts cannot be made here', 'run it as root');
}
