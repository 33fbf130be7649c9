import { count } from '../base/input';
import { tableLines } from '../base/table';
import { duration } from '../base/voice';
import type { BootState } from './boot-status';
import { bootCause, type CauseContext } from './causes';
import type { NodeBoot } from './wait';

/** A line per node: its name, the state of its boot, and where that was read. */
export function bootLines(nodes: readonly NodeBoot[]): readonly LiveLine[] {
  const rows = nodes.map(({ node, boot, from }) => [
    node,
    `${stateText(boot)}${from === 'console' ? ' (from its console, which lags)' : ''}`,
  ]);
  const keys = nodes.map(({ node, boot }) => JSON.stringify([node, { ...boot, seconds: 0 }]));
  return tableLines({ rows }).map((text, i) => ({ text, key: keys[i]! }));
}

/** All nodes that have not booted, each with stage, likely cause and remedy. */
export function bootProblem(open: readonly NodeBoot[], context: CauseContext, all: number, late: string): string {
  const lines = open.flatMap((one) => {
    const cause = bootCause(one, context);
    return [
      `  ${one.node}: ${stateText(one.boot)}`,
      ...(cause ? [`    likely: ${cause.cause}`, `    remedy: ${cause.next}`] : []),
    ];
  });
  return [`${count(open.length, 'node')} of ${all} did not boot${late}`, ...lines].join('\n');
}

function stateText(boot: BootState): string {
  switch (boot.state) {
    case 'booted':
      return `booted, ${duration(boot.seconds)} after its start`;
    case 'silent':
      return `no sign of life: ${boot.why}`;
    case 'booting':
      return `in stage ${boot.stage} for ${duration(boot.seconds)}${boot.why ? `: ${boot.why}` : ''}`;
    case 'stopped':
      return `stopped in stage ${boot.stage}${boot.why ? `: ${boot.why}` : ''}`;
    case 'failed':
      return `failed at stage ${boot.stage}: ${boot.why}`;
  }
}

export interface LiveLine {
  readonly text: string;
  /** Key of a line: the same text with other seconds is not printed twice. */
  readonly key: string;
}
