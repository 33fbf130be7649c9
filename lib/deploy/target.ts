import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { count, didYouMean, InputError, ToolError } from '../base/input';
import { typedWord } from '../base/shell';
import type { Io } from '../base/voice';
import type { CloudName, ClusterSpec } from '../declaration/spec';
import { MANIFEST_OUTPUT, type Manifest } from '../topology/manifest';
import { checkAgainstSchemas } from '../validate/stack';

/** A synthesized stack, ready for Terraform. */
export interface Target {
  /** Name of the stack: `mvp-aws`. */
  readonly stack: string;
  /** Its folder, with `cdk.tf.json`. */
  readonly dir: string;
  readonly stateFile: string;
  readonly cluster: string;
  readonly region: string;
  readonly resources: number;
  /** The stack's manifest; absent in a stack that only joins another stack's cluster. */
  readonly manifest?: Manifest | undefined;
  /** Key pairs, and secrets in the cloud's store, that must exist before the first deployment. */
  readonly keyNames: readonly string[];
  readonly secrets: readonly string[];
  /** URL of Keystone, if nodes use it. */
  readonly authUrl?: string | undefined;
}

export interface TargetOptions {
  readonly cloud?: string;
  /** Switches protection off, for a destruction that was requested. */
  readonly unprotected?: boolean;
  /** @default cdktf.out */
  readonly outdir?: string;
}

/** The words that name a stack in a command: the target, and `--cloud` when one was chosen. */
export const targetWords = (name: string, cloud: string | undefined): string =>
  cloud === undefined ? typedWord(name) : `${typedWord(name)} --cloud ${typedWord(cloud)}`;

/** Synthesizes a target given on the command line. */
export type Synthesize = (name: string, options: TargetOptions, io: Io) => Promise<Target>;

/** The cloud of `--cloud`, else that of practice mode (`STACKATO_PRACTICE=aws`), else the only one in the file. */
export function pickCloud(file: string, cluster: ClusterSpec, wanted: string | undefined): CloudName {
  const there = Object.entries(cluster.clouds).flatMap(([name, settings]) => (settings ? [name] : []));
  const problem = (message: string) => new InputError(file, [{ path: 'clouds', message, rule: 'cloud-missing' }]);
  if (!there.length) throw problem('declares no cloud; write clouds: { aws: { region, zones, image } }');
  if (wanted !== undefined && !there.includes(wanted))
    throw problem(`has no "${wanted}"${didYouMean(wanted, there)} (declared: ${there.join(', ')})`);
  const practised = there.find((name) => name === process.env['STACKATO_PRACTICE']);
  if (wanted === undefined && practised === undefined && there.length > 1)
    throw problem(`declares ${there.join(' and ')}; choose one with --cloud`);
  return (wanted ?? practised ?? there[0]!) as CloudName;
}

/**
 * Synthesizes a stack of the app in `cdktf.json`.
 * @throws InputError when there is no such stack
 * @throws ToolError when the app fails
 */
export async function synthesizeApp(
  stack: string,
  outdir: string,
  options: TargetOptions,
  io: Pick<Io, 'signal'>,
): Promise<Target> {
  if (!existsSync('cdktf.json')) {
    throw new InputError(stack, [
      {
        path: '',
        message: `no such file, and no cdktf.json here with a stack of that name; name a cluster's YAML file`,
        rule: 'target-unknown',
      },
    ]);
  }
  if (options.unprotected) {
    throw new ToolError(
      `"${stack}" belongs to your own app: switch its protection off there (protect: false)`,
      `deploy it with protect: false, then: cdktf-stackato destroy ${stack}`,
    );
  }
  const { app } = JSON.parse(readFileSync('cdktf.json', 'utf8')) as { app?: string };
  if (!app)
    throw new ToolError(
      'cdktf.json has no "app"',
      'write the command that synthesizes, for example "app": "node main.js"',
    );
  await new Promise<void>((done, fail) => {
    const env = { ...process.env, CDKTF_OUTDIR: outdir, CDKTF_CONTEXT_JSON: '{}' };
    const child = execFile(
      'sh',
      ['-c', app],
      { env, signal: io.signal, maxBuffer: 1 << 26 },
      (error, stdout, stderr) =>
        error
          ? fail(
              new ToolError(`the app of cdktf.json failed: ${app}`, 'fix it and try again', (stderr || stdout).trim()),
            )
          : done(),
    );
    child.stdin?.end();
  });
  const stacks = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')) as { stacks: Record<string, unknown> };
  const names = Object.keys(stacks.stacks);
  if (!names.includes(stack)) {
    throw new InputError(stack, [
      {
        path: '',
        message: `the app has no such stack${didYouMean(stack, names)} (it has: ${names.join(', ')})`,
        rule: 'target-unknown',
      },
    ]);
  }
  return readStack(stack, outdir);
}

interface StackDocument {
  readonly resource?: Record<string, Record<string, Record<string, unknown>>>;
  readonly output?: Record<string, { readonly value?: unknown }>;
  readonly provider?: { readonly aws?: readonly { readonly region?: string }[] };
  readonly terraform?: { readonly backend?: { readonly local?: { readonly path?: string } } };
}

/**
 * Reads a synthesized stack.
 * @throws InputError with everything that a provider would refuse
 */
export function readStack(stack: string, outdir: string): Target {
  const dir = join(outdir, 'stacks', stack);
  checkAgainstSchemas(stack, dir);
  const document = JSON.parse(readFileSync(join(dir, 'cdk.tf.json'), 'utf8')) as StackDocument;
  const manifest = document.output?.[MANIFEST_OUTPUT]?.value as Manifest | undefined;
  const handle = document.output?.['stackato_handle']?.value as
    | { keyName?: string; secretPrefix?: string; secrets?: readonly string[]; authUrl?: string }
    | undefined;
  const resources = Object.values(document.resource ?? {}).flatMap((byName) => Object.values(byName));
  const local = document.terraform?.backend?.local?.path;
  // secrets that are delivered as files are not in the cloud's store
  const brought = new Set(Object.values(manifest?.nodes ?? {}).flatMap((n) => n.delivered?.map((f) => f.name) ?? []));
  return {
    stack,
    dir,
    stateFile: relative(process.cwd(), local ? resolve(dir, local) : join(dir, 'terraform.tfstate')) || '.',
    cluster: manifest?.cluster ?? stack,
    region: manifest?.region ?? document.provider?.aws?.[0]?.region ?? 'us-east-1',
    resources: resources.reduce((sum, r) => sum + instances(r), 0),
    manifest,
    keyNames: handle?.keyName ? [handle.keyName] : [],
    authUrl: handle?.authUrl,
    secrets: (handle?.secrets ?? []).filter((s) => !brought.has(s)).map((s) => `${handle?.secretPrefix ?? ''}${s}`),
  };
}

function instances(resource: Record<string, unknown>): number {
  const each = resource['for_each'];
  return typeof each === 'object' && each !== null ? Object.keys(each).length : 1;
}

/** `41 resources → cdktf.out/stacks/mvp-aws`. */
export function targetText(target: Target): string {
  return `${count(target.resources, 'resource')} → ${relative(process.cwd(), target.dir)}`;
}
