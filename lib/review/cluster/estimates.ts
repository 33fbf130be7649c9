/**
 * How long things take. These are estimates without a source, and a review labels them so.
 * The only sourced figure is how long processes survive without the core.
 */
export const ESTIMATES = {
  /** A core boots from its image and is ready. */
  coreBoot: 'about 25 minutes (estimate)',
  /** A node boots, attaches and starts its roles. */
  nodeBoot: 'about 10 minutes (estimate)',
  /** A machine stops, changes its size or user data, and starts. */
  restart: 'about 5 minutes (estimate)',
  /** A core stops and starts. */
  coreRestart: 'about 10 minutes (estimate)',
  /** A managed database without a standby stops and starts on another machine. */
  databaseRestart: 'about 10 minutes (estimate)',
  /** A managed database switches to its standby. */
  databaseSwitch: 'about 2 minutes (estimate)',
  /** Until an operator restores from a backup. */
  restore: 'until it is restored from a backup',
} as const;

/** Seconds without a core after which processes on other nodes go FATAL and do not come back. (H: D34, HDP; facts §13.4) */
export const CORE_PATIENCE_SECONDS = 90;
