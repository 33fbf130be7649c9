import { existsSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Io } from '../lib/base/voice';
import { readCluster } from '../lib/declaration/read';
import { pickCloud, readStack, synthesizeApp, type Target, type TargetOptions } from '../lib/deploy/target';
import { packLater } from './start';

/**
 * Synthesizes a target: a cluster's file, or a stack of the app in `cdktf.json`.
 * @throws InputError when the declaration is wrong
 * @throws ToolError when the app fails
 */
export async function synthesizeTarget(target: string, options: TargetOptions, io: Io): Promise<Target> {
  const outdir = resolve(options.outdir ?? 'cdktf.out');
  if (/\.(ya?ml|json)$/.test(target) || existsSync(target)) return synthesizeFile(target, outdir, options);
  return synthesizeApp(target, outdir, options, io);
}

function synthesizeFile(file: string, outdir: string, options: TargetOptions): Target {
  const declared = readCluster(file);
  const cloud = pickCloud(file, declared, options.cloud);
  const cluster = options.unprotected ? { ...declared, protect: false } : declared;
  packLater();
  const { App } = require('cdktf') as typeof import('cdktf');
  const { withoutCreationTraces } = require('../lib/stack/quiet') as typeof import('../lib/stack/quiet');
  const { clusterStack } = require('../stacks/cluster-stack') as typeof import('../stacks/cluster-stack');
  const { DESTROY_CONTEXT } = require('../lib/stack/kept') as typeof import('../lib/stack/kept');
  withoutCreationTraces();
  mkdirSync(outdir, { recursive: true });
  const app = new App({ outdir });
  if (options.unprotected) app.node.setContext(DESTROY_CONTEXT, true);
  const name = clusterStack(app, cluster, cloud).node.id;
  app.synth();
  return readStack(name, outdir);
}
