import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { readCluster } from '../../lib/declaration/read';
import type { ClusterSpec } from '../../lib/declaration/spec';
import { withoutCreationTraces } from '../../lib/stack/quiet';
import { AwsClusterStack } from '../../stacks/aws';
import { stackName } from '../../stacks/cluster-stack';

withoutCreationTraces();

/** The repository's folder. */
export const ROOT = join(__dirname, '..', '..', '..');
export const STACKS = ['micro', 'three-node', 'mvp', 'five-node', 'twenty-node'] as const;

export type Resource = Readonly<Record<string, unknown>>;

/** What is synthesized, as Terraform reads it. */
export interface Document {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Resource>>>>;
  readonly output?: Readonly<Record<string, { readonly value: unknown }>>;
}

/** A cluster of stacks/, by the name of its file. */
export const declared = (name: string) => readCluster(join(ROOT, 'stacks', `${name}.yaml`));

/** The stack of a cluster, without cdktf's own notes. */
export function clusterDocument(cluster: ClusterSpec): Document {
  return synthesize((app) => new AwsClusterStack(app, stackName(cluster.name, 'aws'), { cluster }));
}

/** A stack that `build` fills, beside a provider. */
export function stackDocument(build: (stack: TerraformStack) => void): Document {
  return synthesize((app) => {
    const stack = new TerraformStack(app, 'test');
    new AwsProvider(stack, 'aws', { region: 'us-west-2' });
    build(stack);
    return stack;
  });
}

/** What an app with one stack writes. */
export function synthesize(make: (app: App) => TerraformStack): Document {
  const outdir = mkdtempSync(join(tmpdir(), 'stackato-synth-'));
  try {
    const app = new App({ outdir });
    const { id } = make(app).node;
    app.synth();
    const text = readFileSync(join(outdir, 'stacks', id, 'cdk.tf.json'), 'utf8');
    return JSON.parse(text, (key, value) => (key === '//' ? undefined : value)) as Document;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** All resources of a type, by name. */
export const ofType = (document: Document, type: string) => Object.entries(document.resource[type] ?? {});

/** All resources, by address. */
export function resources(document: Document): readonly (readonly [address: string, resource: Resource])[] {
  return Object.entries(document.resource).flatMap(([type, all]) =>
    Object.entries(all).map(([name, resource]) => [`${type}.${name}`, resource] as const),
  );
}

/** What a machine's user data holds. */
export function userData(instance: Resource): string {
  return gunzipSync(Buffer.from(instance['user_data_base64'] as string, 'base64')).toString();
}

/** The boot script in user data. */
export function bootScript(data: string): string {
  return data.slice(data.indexOf('#!/bin/sh')).replace(/\n--=stackato--\n$/, '');
}
