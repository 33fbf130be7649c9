import { portsOf, type Role } from '../kato/role';
import type { ClusterSpec } from './spec';

/** Ports that a role assigns to service instances: configured (`port_range: 30001-34999`) or the default of the product. */
export function portRange(spec: ClusterSpec, role: Role): readonly { role: string; first: number; last: number }[] {
  const configured = /^\[?(\d+)\s*(?:-|\.\.|,)\s*(\d+)\]?$/.exec(
    String(spec.kato[`${role.name}_node`]?.['port_range'] ?? ''),
  );
  if (configured) return [{ role: role.name, first: Number(configured[1]), last: Number(configured[2]) }];
  const exclusive = role.ports.find((p) => p.exclusive);
  return exclusive && portsOf(spec.version, role).length
    ? [{ role: role.name, first: exclusive.ports[0], last: exclusive.ports[1] }]
    : [];
}
