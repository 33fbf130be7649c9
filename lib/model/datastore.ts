import { getAt, portOf, type Tree } from './tree';
import type { Product } from './version';
import { touch } from './wire';

/**
 * Why a service node process cannot start with its external database, in words; nothing when it can or has none.
 * Host, port, user, pass in `<engine>_node`; 3.6 also wants `<engine>_gateway external_datastore true` (10.1, S0, H).
 */
export async function datastoreProblem(
  process: string,
  product: Product,
  component: (name: string) => Promise<Tree>,
): Promise<string | undefined> {
  const engine = process === 'mysql_node' ? 'mysql' : process === 'postgresql_node' ? 'postgresql' : undefined;
  if (!engine) return undefined;
  const node = await component(`${engine}_node`);
  const gateway = await component(`${engine}_gateway`);
  const host = String(getAt(node, `${engine}/host`) ?? '');
  const local = ['', '127.0.0.1', 'localhost'].includes(host);
  const external = product.datastoreSwitch ? getAt(gateway, 'external_datastore') === true : !local;
  if (!external)
    return local ? undefined : `${engine}_gateway external_datastore is not true, but ${engine}/host is ${host}`;
  if (local) return `external_datastore is true, but ${engine}/host is ${host || 'empty'}`;
  if (!getAt(node, `${engine}/pass`)) return `${engine}/pass is empty`;
  // RDS gives no account with the rights that the service grants; aws_rds_compat makes do without (7.5, H that it is for RDS; L why).
  if (
    engine === 'mysql' &&
    product.rdsSwitch &&
    host.endsWith('.rds.amazonaws.com') &&
    getAt(node, 'aws_rds_compat') !== true
  ) {
    return 'the host is an RDS database, but mysql_node aws_rds_compat is not true';
  }
  const said = getAt(node, `${engine}/port`);
  const port = portOf(said);
  if (Number.isNaN(port)) return `${engine}/port is no port: ${JSON.stringify(said ?? null)}`;
  return touch({ host, port }, 5).then(
    () => undefined,
    (error: Error) => `cannot connect to ${host}:${port}: ${error.message}`,
  );
}
