import { existsSync, mkdirSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { InputError } from '../lib/base/input';
import type { Io } from '../lib/base/voice';
import { readCluster } from '../lib/declaration/read';
import { pickCloud, readStack, synthesizeApp, type Target, type TargetOptions } from '../lib/deploy/target';
import { packLater } from './start';

/**
 * Synthesizes a target: a cluster's file, or a stack of the app in `cdktf.json`.
 * @throws InputError when the declaration is wrong, or the folder to write to is none
 * @throws ToolError when the app fails
 */
export async function synthesizeTarget(target: string, options: TargetOptions, io: Io): Promise<Target> {
  const outdir = resolve(options.outdir ?? 'cdktf.out');
  if (existsSync(outdir) && !statSync(outdir).isDirectory()) throw noFolder(outdir, 'is a file');
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
  makeFolder(outdir);
  const app = new App({ outdir });
  if (options.unprotected) app.node.setContext(DESTROY_CONTEXT, true);
  const name = clusterStack(app, cluster, cloud).node.id;
  app.synth();
  return readStack(name, outdir);
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const within = code === 'EEXIST' || code === 'ENOTDIR';
    throw noFolder(folder, within ? 'is inside a file' : `cannot be created (${code})`);
  }
}

function noFolder(folder: string, why: string): InputError {
  const message = `${relative(process.cwd(), folder) || folder} ${why}; name a folder, which is created if it is absent`;
  return new InputError('synth', [{ path: '--outdir', message, rule: 'outdir' }]);
}
