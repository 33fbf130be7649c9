import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

/** A folder of provider plugins, laid out `<host>/<namespace>/<name>/<version>/<os_arch>`. */
export interface Mirror {
  readonly dir: string;
  /** `registry.terraform.io/hashicorp/aws`, sorted; only those with a plugin for this machine. */
  readonly providers: readonly string[];
}

export interface MirrorOptions {
  /** A folder named by the caller; it comes first. */
  readonly mirror?: string;
  /** @default process.cwd() */
  readonly cwd?: string;
  /** Folders whose children may be mirrors. @default /opt */
  readonly parents?: readonly string[];
}

const TERRAFORM_HOST = 'registry.terraform.io';
const TOFU_HOST = 'registry.opentofu.org';

/**
 * Folders with providers for this machine: the caller's, those in STACKATO_MIRROR (a list like PATH), Terraform's own, and
 * those one level below /opt. The first folder that has a provider serves it.
 */
export function findMirrors(env: NodeJS.ProcessEnv, options: MirrorOptions = {}): Mirror[] {
  const cwd = options.cwd ?? process.cwd();
  const home = env['HOME'] || homedir();
  const named = [options.mirror, ...(env['STACKATO_MIRROR'] ?? '').split(delimiter)].filter((dir) => dir);
  const data = [env['XDG_DATA_HOME'] || join(home, '.local', 'share')];
  data.push(...(env['XDG_DATA_DIRS'] || '/usr/local/share:/usr/share').split(':').filter((dir) => dir));
  const implied = [
    join(cwd, 'terraform.d', 'plugins'),
    join(home, '.terraform.d', 'plugins'),
    ...data.map((dir) => join(dir, 'terraform', 'plugins')),
  ];
  const below = (options.parents ?? ['/opt']).flatMap((parent) => folders(parent).map((name) => join(parent, name)));
  const taken = new Set<string>();
  const mirrors: Mirror[] = [];
  for (const dir of new Set([...named.map((name) => resolve(cwd, name!)), ...implied, ...below])) {
    const providers = providersIn(dir).filter((provider) => !taken.has(provider));
    for (const provider of providers) taken.add(provider);
    if (providers.length > 0) mirrors.push({ dir, providers });
  }
  return mirrors;
}

/**
 * Text of a CLI configuration: the providers found come from their mirrors, all others from the registry. Without any
 * mirror, Terraform's own rules apply.
 */
export function cliConfig(mirrors: readonly Mirror[]): string {
  const lines = ['disable_checkpoint = true'];
  if (mirrors.length > 0) {
    const quoted = (providers: readonly string[]) => providers.map((p) => JSON.stringify(p)).join(', ');
    lines.push('provider_installation {');
    for (const { dir, providers } of mirrors) {
      // HCL reads ${ and %{ in a quoted path as templates
      const path = JSON.stringify(dir).replace(/[$%](?=\{)/g, '$&$&');
      lines.push('  filesystem_mirror {', `    path    = ${path}`, `    include = [${quoted(providers)}]`, '  }');
    }
    lines.push('  direct {', `    exclude = [${quoted(mirrors.flatMap((m) => m.providers).sort())}]`, '  }', '}');
  }
  return `${lines.join('\n')}\n`;
}

/**
 * The user's CLI configuration, which is never overridden: the file that TF_CLI_CONFIG_FILE names, or the one in the home
 * folder. Undefined when there is none, or the variable names a missing file.
 */
export function ownCliConfig(env: NodeJS.ProcessEnv): string | undefined {
  const named = env['TF_CLI_CONFIG_FILE'] || env['TERRAFORM_CONFIG'];
  if (named) return existsSync(named) && statSync(named).isFile() ? named : undefined;
  const home = env['HOME'] || homedir();
  const config = env['XDG_CONFIG_HOME'] || join(home, '.config');
  const files = [join(home, '.terraformrc'), join(home, '.tofurc'), join(config, 'opentofu', 'tofurc')];
  return files.find((file) => existsSync(file));
}

/**
 * Mirrors that OpenTofu can use too: it asks its own registry's host for `hashicorp/aws`, so plugins that are only
 * there under Terraform's host get a second tree in `linkDir`. Real folders down to the version, a link at the last
 * level: OpenTofu's scan follows a link only there.
 */
export function withTofu(mirrors: readonly Mirror[], linkDir: string): Mirror[] {
  const known = new Set(mirrors.flatMap((mirror) => mirror.providers));
  const linked = new Set<string>();
  for (const { dir, providers } of mirrors) {
    for (const provider of providers) {
      const twin = provider.replace(`${TERRAFORM_HOST}/`, `${TOFU_HOST}/`);
      if (known.has(twin)) continue;
      for (const version of folders(join(dir, provider))) {
        const target = join(dir, provider, version, platform());
        if (!existsSync(target)) continue;
        const link = join(linkDir, twin, version, platform());
        mkdirSync(join(link, '..'), { recursive: true });
        if (!existsSync(link)) symlinkSync(target, link);
        linked.add(twin);
      }
    }
  }
  return linked.size === 0 ? [...mirrors] : [...mirrors, { dir: linkDir, providers: [...linked].sort() }];
}

/** Go's name for this machine: `linux_amd64`. */
export function platform(): string {
  const arch: Record<string, string> = { x64: 'amd64', ia32: '386' };
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  return `${os}_${arch[process.arch] ?? process.arch}`;
}

function providersIn(dir: string): string[] {
  const found: string[] = [];
  // a registry's host name has a dot, or a port
  for (const host of folders(dir).filter((name) => /[.:]/.test(name) && !name.startsWith('.'))) {
    for (const namespace of folders(join(dir, host))) {
      for (const name of folders(join(dir, host, namespace))) {
        const versions = folders(join(dir, host, namespace, name));
        const here = versions.some((version) => existsSync(join(dir, host, namespace, name, version, platform())));
        if (here) found.push(`${host}/${namespace}/${name}`);
      }
    }
  }
  return found.sort();
}

/** Names of the folders in a folder, including links; none when it cannot be read. */
function folders(dir: string): string[] {
  try {
    return readdirSync(dir)
      .filter((name) => statSync(join(dir, name), { throwIfNoEntry: false })?.isDirectory())
      .sort();
  } catch {
    return [];
  }
}
