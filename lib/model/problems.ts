import { datastoreProblem } from './datastore';
import { edges } from './edges';
import { instanceRanges, type ModelProcess } from './roles';
import { getAt, portOf, type Tree } from './tree';
import { atLeast, knownTo, type Product } from './version';
import { touch } from './wire';

/** What a process needs to know before it runs. */
export interface Needs {
  readonly product: Product;
  readonly roles: readonly string[];
  /** Where a port of the core is, on a node that is not the core. */
  core?(port: number): { readonly host: string; readonly port: number; readonly from?: string };
  component(name: string): Promise<Tree>;
}

/** Why a process cannot run, in words; nothing when it can. */
export async function problemOf(process: ModelProcess, needs: Needs): Promise<string | undefined> {
  const { name } = process;
  // An extra controller uses the core's PostgreSQL (0.1-11, 5.3; H).
  const needed = edges.filter(
    (edge) => edge.needed && edge.from.includes(name) && knownTo(needs.product.version, edge),
  );
  for (const edge of needs.core ? needed : []) {
    const [port] = edge.ports;
    const target = needs.core!(port!);
    const failed = await touch(target, 5).then(
      () => undefined,
      (error: Error) => `cannot connect to ${edge.why} at ${target.host}:${port}: ${error.message}`,
    );
    if (failed) return failed;
  }
  return (
    (await noRange(name, needs)) ??
    (await overlap(name, needs)) ??
    datastoreProblem(name, needs.product, needs.component)
  );
}

/** Ports of a service's instances on this node: from config, else as shipped (3.4, H). */
export async function rangeOf(
  service: string,
  component: Needs['component'],
): Promise<readonly [number, number] | undefined> {
  const shipped = instanceRanges[service];
  if (!shipped) return undefined;
  const moved = getAt(await component(`${service}_node`), 'port_range');
  if (moved === undefined) return shipped;
  if (moved === null || typeof moved !== 'object' || Array.isArray(moved)) return [Number.NaN, Number.NaN];
  return [portOf(moved['min'] ?? shipped[0]), portOf(moved['max'] ?? shipped[1])];
}

/** Why a service cannot give its instances ports, in words. */
async function noRange(name: string, { product, component }: Needs): Promise<string | undefined> {
  const range =
    product.instancePorts && name.endsWith('_node') ? await rangeOf(name.slice(0, -5), component) : undefined;
  return range && !(range[0] <= range[1]) ? `port_range ${range.join('-')} is no range of ports` : undefined;
}

/** Harbor's and rabbit's ranges overlap as shipped: not on one node without changing one (3.4, H; what happens then L). */
async function overlap(name: string, { product, roles, component }: Needs): Promise<string | undefined> {
  if (name !== 'rabbit_node' || !roles.includes('harbor') || !atLeast(product.version, '3.2')) return undefined;
  const [rabbit, harbor] = [await rangeOf('rabbit', component), await rangeOf('harbor', component)];
  if (!rabbit || !harbor || rabbit[0] > harbor[1] || harbor[0] > rabbit[1]) return undefined;
  return `port_range ${rabbit.join('-')} overlaps harbor's ${harbor.join('-')}`;
}
