import { count } from '../base/input';
import { tableLines } from '../base/table';
import { duration } from '../base/voice';
import type { BootState } from './boot-status';
import { bootCause, type CauseContext } from './causes';
import type { NodeBoot } from './wait';

/** A line for each node: its name, what became of its boot, where that was seen. */
export function bootLines(nodes: readonly NodeBoot[]): readonly LiveLine[] {
  const rows = nodes.map(({ node, boot, from }) => [
    node,
    `${stateText(boot)}${from === 'console' ? ' (its console; it may be further)' : ''}`,
  ]);
  const keys = nodes.map(({ node, boot }) => JSON.stringify([node, { ...boot, seconds: 0 }]));
  return tableLines({ rows }).map((text, i) => ({ text, key: keys[i]! }));
}

/** All nodes that are not there, each with stage, likely cause and remedy. */
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
  /** What makes it another line: the same text with other seconds is not printed twice. */
  readonly key: string;
}
