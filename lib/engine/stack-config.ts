import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ToolError } from '../base/input';

type Body = Readonly<Record<string, unknown>>;

/** A synthesized stack as JSON. */
export interface StackConfig {
  readonly terraform?: Body;
  readonly provider?: Readonly<Record<string, readonly Body[]>>;
  readonly module?: Readonly<Record<string, Body>>;
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Body>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Body>>>>;
}

/**
 * Reads `cdk.tf.json` of a stack's folder.
 * @throws ToolError when it is missing or is not JSON
 */
export function readStackConfig(dir: string): StackConfig {
  const file = join(dir, 'cdk.tf.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as StackConfig;
  } catch (error) {
    throw new ToolError(
      `the synthesized stack cannot be read: ${file}`,
      'synthesize it again',
      (error as Error).message,
    );
  }
}

/** Protection against destruction, by address. */
export interface Protection {
  /** The engine refuses to plan it (`prevent_destroy`). */
  readonly byEngine: readonly string[];
  /** The cloud refuses to destroy it until an apply switches its protection off. */
  readonly byCloud: readonly string[];
}

/** Reads the protection from a stack's configuration. */
export function protectionOf(config: StackConfig): Protection {
  const byEngine: string[] = [];
  const byCloud: string[] = [];
  for (const [type, resources] of Object.entries(config.resource ?? {})) {
    for (const [name, body] of Object.entries(resources)) {
      const lifecycle = body['lifecycle'] as Body | undefined;
      if (lifecycle?.['prevent_destroy'] === true) byEngine.push(`${type}.${name}`);
      const held = ['deletion_protection', 'enable_deletion_protection', 'disable_api_termination'];
      if (held.some((key) => body[key] === true)) byCloud.push(`${type}.${name}`);
    }
  }
  return { byEngine: byEngine.sort(), byCloud: byCloud.sort() };
}

/** Provider endpoints that a stack sets itself; they override the environment's. */
export function namedEndpoints(config: StackConfig): string[] {
  const bodies = Object.values(config.provider ?? {}).flat();
  const blocks = bodies.flatMap((body) => (body['endpoints'] ?? []) as readonly Record<string, unknown>[]);
  const overrides = bodies.map((body) => (body['endpoint_overrides'] ?? {}) as Record<string, unknown>);
  // OpenStack: Keystone, which names the others, or an entry of clouds.yaml
  const own = bodies.flatMap((body) => [body['auth_url'], body['cloud']]);
  const all = [...[...blocks, ...overrides].flatMap((block) => Object.values(block)), ...own];
  return all.filter((url): url is string => typeof url === 'string');
}

/** Whether a stack has a provider of that name. */
export function hasProvider(config: StackConfig, name: string): boolean {
  return config.provider?.[name] !== undefined;
}

/** What a stack uses and does not make: all texts of its data sources, and literal ids in its resources. */
export function givenIn(config: StackConfig): ReadonlySet<string> {
  const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
  return new Set([...textsIn(config.data), ...textsIn(config.resource).filter((each) => uuid.test(each))]);
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];
}
