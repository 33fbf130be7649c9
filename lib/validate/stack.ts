import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InputError } from '../base/input';
import { packageFile } from '../base/package-file';
import type { StackDocument } from './document';
import type { ProviderSchemas } from './schema';

interface Synthesized extends StackDocument {
  readonly terraform?: {
    readonly required_providers?: Readonly<Record<string, { readonly version?: string }>>;
  };
}

/**
 * Checks a synthesized stack against the provider schemas in this package; it works also when no mirror has the provider.
 * @throws InputError with everything that such a provider would refuse
 */
export function checkAgainstSchemas(stack: string, dir: string): void {
  const document = JSON.parse(readFileSync(join(dir, 'cdk.tf.json'), 'utf8')) as Synthesized;
  const files = Object.entries(document.terraform?.required_providers ?? {})
    .map(([name, { version }]) => join(dirname(packageFile('package.json')), 'schema', `${name}-${version}.json`))
    .filter((file) => existsSync(file));
  if (!files.length) return;
  const { checkDocument } = require('./document') as typeof import('./document');
  const problems = files.flatMap((file) =>
    checkDocument(document, JSON.parse(readFileSync(file, 'utf8')) as ProviderSchemas),
  );
  if (problems.length)
    throw new InputError(
      stack,
      problems.map((p) => ({ ...p, rule: 'provider-schema' })),
    );
}
