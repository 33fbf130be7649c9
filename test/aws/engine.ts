import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findEngine } from '../../lib/engine/engine';
import { cliConfig, findMirrors } from '../../lib/engine/mirror';
import type { ProviderSchemas } from '../../lib/validate/schema';
import type { Document } from './synth';

interface Validation {
  readonly valid: boolean;
  readonly diagnostics: readonly {
    readonly severity: string;
    readonly summary: string;
    readonly detail?: string;
    readonly range?: { readonly filename: string };
  }[];
}

/** What Terraform says of many documents in one go: each is a module of one configuration. Empty when all are valid. */
export async function validate(documents: Readonly<Record<string, Document>>): Promise<readonly string[]> {
  const dir = mkdtempSync(join(tmpdir(), 'stackato-validate-'));
  try {
    const config = join(dir, 'terraformrc');
    writeFileSync(config, cliConfig(findMirrors(process.env)));
    const module: Record<string, { source: string }> = {};
    for (const [name, document] of Object.entries(documents)) {
      mkdirSync(join(dir, name));
      const {
        terraform,
        provider: _,
        ...rest
      } = document as Document & { terraform: { required_providers: unknown }; provider: unknown };
      const text = JSON.stringify({ ...rest, terraform: { required_providers: terraform.required_providers } });
      writeFileSync(join(dir, name, 'main.tf.json'), text);
      module[name] = { source: `./${name}` };
    }
    writeFileSync(join(dir, 'main.tf.json'), JSON.stringify({ module, provider: { aws: [{ region: 'us-west-2' }] } }));
    const engine = await findEngine(process.env);
    const env = {
      ...process.env,
      TF_CLI_CONFIG_FILE: config,
      CHECKPOINT_DISABLE: '1',
      TF_DATA_DIR: join(dir, '.terraform'),
    };
    const lines: string[] = [];
    const run = (args: string[]) => engine.run(dir, args, { env, onLine: (l) => lines.push(l), limitSeconds: 300 });
    const init = await run(['init', '-input=false', '-no-color', '-backend=false']);
    assert.equal(init.code, 0, `${lines.join('\n')}\n${init.stderr}`);
    lines.length = 0;
    await run(['validate', '-json']);
    const { valid, diagnostics } = JSON.parse(lines.join('\n')) as Validation;
    const said = diagnostics.map((d) => `${d.severity} ${d.range?.filename ?? ''}: ${d.summary} ${d.detail ?? ''}`);
    assert.equal(valid, !said.some((s) => s.startsWith('error')));
    return said;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** What the providers of a document take, as Terraform prints it. */
export async function providerSchemas(document: Document): Promise<ProviderSchemas> {
  const dir = mkdtempSync(join(tmpdir(), 'stackato-schema-'));
  try {
    const config = join(dir, 'terraformrc');
    writeFileSync(config, cliConfig(findMirrors(process.env)));
    const { terraform } = document as Document & { terraform: { required_providers: unknown } };
    writeFileSync(
      join(dir, 'main.tf.json'),
      JSON.stringify({ terraform: { required_providers: terraform.required_providers } }),
    );
    const engine = await findEngine(process.env);
    const env = { ...process.env, TF_CLI_CONFIG_FILE: config, CHECKPOINT_DISABLE: '1' };
    const lines: string[] = [];
    const run = (args: string[]) => engine.run(dir, args, { env, onLine: (l) => lines.push(l), limitSeconds: 300 });
    const init = await run(['init', '-input=false', '-no-color']);
    assert.equal(init.code, 0, `${lines.join('\n')}\n${init.stderr}`);
    lines.length = 0;
    await run(['providers', 'schema', '-json']);
    return JSON.parse(lines.join('\n')) as ProviderSchemas;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
