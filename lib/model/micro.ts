import { rolesOf, shippedGroups } from './roles';
import { atLeast, type Version } from './version';

const everywhere = [
  ...['base', 'mdns', 'primary', 'controller', 'cloud_controller', 'health_manager', 'router'],
  ...['dea', 'prealloc', 'stager'],
];

/** Data services of a micro cloud: all of them before 3.0 (rabbit "off by default since", 1.1, H; of the others L). */
function services(version: Version): readonly string[] {
  if (!atLeast(version, '3.0')) return shippedGroups['data-services']!;
  // PostgreSQL was off in 3.0 (1.1 notes, RN 97164, H), on in the docs of 3.4; of 3.2 nobody says (L).
  return ['mysql', ...(atLeast(version, '3.4') ? ['postgresql'] : []), 'filesystem'];
}

/** Roles that a fresh node boots with, in start order (0.1-1, 1.1, H; 1.3 `microcloud`, M). */
export function microRoles(version: Version): string[] {
  const names = [...everywhere, ...services(version)];
  return rolesOf(version)
    .map((role) => role.name)
    .filter((name) => names.includes(name));
}
