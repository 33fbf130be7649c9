import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ConstructsMakerProviderTarget, LANGUAGES, TerraformProviderConstraint } from '@cdktf/commons';
import { TerraformProviderGenerator } from '@cdktf/provider-generator/lib/get/generator/provider-generator';
import { sanitizeProviderSchema } from '@cdktf/provider-schema/src/provider-schema.js';
import { CodeMaker } from 'codemaker';
import ts from 'typescript';

/** The provider's release whose schema lies in schema/, and that the bindings ask for. */
const VERSION = '3.4.0';

/** What our constructs use of the provider's 108 resources: one line more, and `npm run bindings` brings another. */
const RESOURCES = [
  'blockstorage_volume_v3',
  'compute_instance_v2',
  'compute_keypair_v2',
  'compute_servergroup_v2',
  'compute_volume_attach_v2',
  'dns_recordset_v2',
  'dns_zone_v2',
  'lb_listener_v2',
  'lb_loadbalancer_v2',
  'lb_members_v2',
  'lb_monitor_v2',
  'lb_pool_v2',
  'networking_floatingip_v2',
  'networking_network_v2',
  'networking_port_v2',
  'networking_router_interface_v2',
  'networking_router_v2',
  'networking_secgroup_rule_v2',
  'networking_secgroup_v2',
  'networking_subnet_v2',
];

/** And of its 61 data sources. */
const DATA_SOURCES = ['images_image_v2', 'networking_network_v2'];

const ROOT = join(__dirname, '..', '..');

/** The package in this repository, and the folder of its generated part. */
export const BINDINGS = join(ROOT, 'provider-openstack', 'lib');

/**
 * Generates the bindings from the provider's schema into a folder, in the layout of a prebuilt package:
 * `<resource>/index.js` with its types. The same schema gives the same bytes.
 */
export async function generateBindings(folder: string): Promise<void> {
  const text = readFileSync(join(ROOT, 'schema', `openstack-${VERSION}.json`), 'utf8');
  const schema = JSON.parse(text) as Parameters<typeof sanitizeProviderSchema>[0];
  const [name, provider] = Object.entries(schema.provider_schemas!)[0]!;
  provider.resource_schemas = only(provider.resource_schemas, RESOURCES);
  provider.data_source_schemas = only(provider.data_source_schemas, DATA_SOURCES);
  schema.provider_versions = { [name]: VERSION };
  sanitizeProviderSchema(schema);
  const code = new CodeMaker();
  const constraint = new TerraformProviderConstraint(`terraform-provider-openstack/openstack@${VERSION}`);
  new TerraformProviderGenerator(code, schema).generate(new ConstructsMakerProviderTarget(constraint, LANGUAGES[0]!));
  // In the repository, so that the compiler finds the types of cdktf.
  const sources = mkdtempSync(join(ROOT, 'dist', 'bindings-'));
  try {
    await code.save(sources);
    compile(join(sources, 'providers', 'openstack'), folder);
  } finally {
    rmSync(sources, { recursive: true, force: true });
  }
}

function only<T>(all: Record<string, T> | undefined, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(names.map((name) => [`openstack_${name}`, all![`openstack_${name}`]!]));
}

/** TypeScript to JavaScript and types. The licence is that of all generated bindings, which hold the provider's names. */
function compile(from: string, to: string): void {
  const program = ts.createProgram([join(from, 'index.ts'), join(from, 'lazy-index.ts')], {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts'],
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    declaration: true,
    strict: true,
    skipLibCheck: true,
    rootDir: from,
    outDir: to,
    types: [],
  });
  const emitted = program.emit(undefined, (file, text) => {
    const target = join(to, relative(to, file));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, `/** SPDX-License-Identifier: MPL-2.0 */\n${text}`);
  });
  const broken = emitted.diagnostics.map((d) => ts.flattenDiagnosticMessageText(d.messageText, '\n'));
  if (broken.length) throw new Error(broken.join('\n'));
}
