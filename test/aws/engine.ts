import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findEngine } from '../../lib/engine/engine';
import { cliConfig, findMirrors } from '../../lib/engine/mirror';
import type { ProviderSchemas } from '../../lib/validate/schema';
import type { Document } from './synth';

interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail?: string;
  readonly range?: { readonly filename: string };
}

interface Validation {
  readonly valid: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

interface Answer {
  readonly said: readonly Diagnostic[];
  readonly schemas: ProviderSchemas;
}

/** What is to be validated, by the name of its module, and what is asked of the same folder. */
const submitted: (() => Readonly<Record<string, Document>>)[] = [];
let asked: Promise<Answer> | undefined;

/**
 * What Terraform says of documents; nothing when all are valid. Those of all files of a process are validated in one go,
 * each as a module of one configuration: submit them when the file is loaded, under names that no other file has.
 */
export function validated(documents: () => Readonly<Record<string, Document>>): () => Promise<readonly string[]> {
  let names: readonly string[] = [];
  submitted.push(() => {
    const made = documents();
    names = Object.keys(made);
    return made;
  });
  return async () => {
    const { said } = await askOnce();
    return said.filter(({ range }) => !range || names.some((name) => range.filename.startsWith(`${name}/`))).map(told);
  };
}

/** The same at once, of documents that are made late. */
export async function validate(documents: Readonly<Record<string, Document>>): Promise<readonly string[]> {
  return (await ask(documents)).said.map(told);
}

/** What the providers of the submitted documents take, as Terraform prints it. */
export const providerSchemas = async (): Promise<ProviderSchemas> => (await askOnce()).schemas;

const told = (d: Diagnostic) => `${d.severity} ${d.range?.filename ?? ''}: ${d.summary} ${d.detail ?? ''}`;

function askOnce(): Promise<Answer> {
  asked ??= ask(Object.assign({}, ...submitted.map((make) => make())) as Readonly<Record<string, Document>>);
  return asked;
}

async function ask(documents: Readonly<Record<string, Document>>): Promise<Answer> {
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
    assert.equal(valid, !diagnostics.some(({ severity }) => severity === 'error'));
    lines.length = 0;
    await run(['providers', 'schema', '-json']);
    return { said: diagnostics, schemas: JSON.parse(lines.join('\n')) as ProviderSchemas };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
