import { randomBytes } from 'node:crypto';
import { instanceRanges } from './roles';
import type { Tree } from './tree';
import { atLeast, type Product } from './version';

/** Where the ports of services' instances lie (3.4, H). */
function ranges(product: Product): Record<string, Tree> {
  if (!product.instancePorts) return {};
  const entries = Object.entries(instanceRanges).map(([name, [min, max]]) => [
    `${name}_node`,
    { port_range: { min, max } },
  ]);
  return Object.fromEntries(entries);
}

/** What of 3.x the facts name; each with the type that another value must have (2.5, H). */
function recent({ version }: Product): Record<string, Tree> {
  return {
    // 9.4, H
    health_manager: {
      autoscaling: { scaleup_threshold: 3, forward_buffer: 4096, cooldown_period: 180, dea_staleness: 180 },
    },
    // 9.1, 11, 12; H
    cloud_controller_ng: {
      maintenance_mode: false,
      max_drains_per_app: 2,
      admins: [],
      allowed_repos: [],
      app_uris: { reserved_length: 2 },
      autoscaling: { enabled: false },
      // Made at first boot; encrypts the controller's database (13.1 H that there is one; its place L).
      db_encryption_key: randomBytes(16).toString('hex'),
      ...(atLeast(version, '3.6')
        ? {
            docker_apps: {
              require_sudo: true,
              allow_any_registry: true,
              allowed_registries: [],
              storage_limit_mb: 10240,
            },
          }
        : {}),
    },
    router2g: { prevent_x_spoofing: true, client_inactivity_timeout: 1200, backend_inactivity_timeout: 1200 }, // 5.4, H
    dea_ng: { resources: { memory_max_percent: 80 } }, // 5.2, H
    // 12, H
    fence: {
      docker: { images: ['stackato/stack-alsek'] },
      max_container_processes: atLeast(version, '3.2.1') ? 256 : 50,
    },
    apptail: { max_record_size: 950, max_lines_per_second: 100, max_lines_burst: 10000 }, // 11, H
  };
}

/** Shipped values of a version, as far as the facts name them. */
export function shippedComponents(product: Product): Record<string, Tree> {
  const database = (engine: string, port: number, user: string): Tree => ({
    [engine]: { host: '127.0.0.1', port, user, pass: 'model' },
    ...(engine === 'mysql' && product.rdsSwitch ? { aws_rds_compat: false } : {}),
  });
  const gateway: Tree = product.datastoreSwitch ? { external_datastore: false } : {};
  return {
    cluster: { endpoint: 'api.stackato.local', mbusip: '127.0.0.1' },
    mysql_node: database('mysql', 3306, 'root'), // 10.1, H
    postgresql_node: database('postgresql', 5432, 'postgres'), // 10.1, H
    mysql_gateway: gateway,
    postgresql_gateway: gateway,
    filesystem_node: { max_fs_size: 500, capacity: 20 }, // 10.1, H
    ...ranges(product),
    ...(product.storePort === 7474 ? recent(product) : { cloud_controller: { admins: [] } }),
  };
}
