/** One line of a node's status: a stage of its boot script began or ended. */
export interface StageEvent {
  readonly stage: string;
  /** `retry`: an attempt failed, with its error; the next one follows. */
  readonly state: 'started' | 'retry' | 'done' | 'failed';
  /** Duration, seconds. */
  readonly seconds?: number;
  readonly error?: string;
}

/** One line about the host itself: `user-script`, `reboot`, `product`, `end`. */
export interface HostEvent {
  readonly event: string;
  readonly [detail: string]: unknown;
}

export type ConsoleLine = { readonly stage: StageEvent } | { readonly host: HostEvent } | { readonly text: string };

/** The last stage of every boot script: its end is the end of the boot. */
export const lastStage = 'boot';

/** Reads a line of a console: the boot script's status, the host's own, or anything else. */
export function readConsole(line: string): ConsoleLine {
  const match = /^stackato-(node|host): (\{.*\})\s*$/.exec(line);
  if (!match) return { text: line };
  try {
    const value = JSON.parse(match[2]!) as Record<string, unknown>;
    if (match[1] === 'host' && typeof value['event'] === 'string') return { host: value as unknown as HostEvent };
    if (typeof value['stage'] === 'string' && ['started', 'retry', 'done', 'failed'].includes(String(value['state']))) {
      return { stage: value as unknown as StageEvent };
    }
  } catch {
    // Cut off by a reboot: plain text.
  }
  return { text: line };
}

/** What is known of one node's boot so far. */
export interface Progress {
  readonly stages: readonly StageEvent[];
  /** A script of every boot succeeded: without any stage left to do, this is a good end too. */
  readonly quiet?: true;
  /** Set when the boot ended: well, or with an error. */
  readonly end?: { readonly error?: string };
}

/** Adds a line. A boot ends with its last stage, or when the host's scripts end without it. */
export function advance(progress: Progress, line: ConsoleLine): Progress {
  if ('stage' in line) {
    const { stage } = line;
    const stages = [...progress.stages.filter((s) => s.stage !== stage.stage), stage];
    const ends = stage.stage === lastStage && ['done', 'failed'].includes(stage.state);
    if (!ends) return { ...progress, stages };
    const failed = stages
      .filter((s) => s.state === 'failed' && s.stage !== lastStage)
      .map((s) => `${s.stage}: ${s.error ?? 'failed'}`);
    const error = stage.state === 'failed' ? (stage.error ?? failed.join('; ')) || 'the boot failed' : undefined;
    return { stages, end: error === undefined ? {} : { error } };
  }
  // the script cannot report the end of the stage that reboots
  if ('host' in line && line.host.event === 'reboot') {
    const ended = (s: StageEvent): StageEvent =>
      s.stage === 'reboot' && s.state === 'started' ? { ...s, state: 'done' } : s;
    return { ...progress, stages: progress.stages.map(ended) };
  }
  if ('host' in line && line.host.event === 'per-boot' && line.host['code'] === 0) return { ...progress, quiet: true };
  if ('host' in line && line.host.event === 'end' && !progress.end) {
    if (progress.quiet && progress.stages.length === 0) return { ...progress, end: {} };
    return { ...progress, end: { error: 'the scripts ended without reporting the end of the boot' } };
  }
  if ('host' in line && line.host.event === 'no-metadata') {
    const error = 'the metadata service did not answer: the host booted without its user data, as a micro cloud';
    return { ...progress, end: { error } };
  }
  if ('host' in line && line.host.event === 'host-failure')
    return { ...progress, end: { error: String(line.host['error']) } };
  return progress;
}
