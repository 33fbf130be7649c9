import type { PortFact } from '../role';

/** Where data services keep their data from 3.0 on; `/var/vcap/services` before (facts §7.3; H). */
export const SERVICES = { directory: '/var/stackato/services', relocate: 'services' } as const;

/** What every data service listens on besides its own port (facts §3.2, §3.3). */
export const gatewayPorts: readonly PortFact[] = [
  { ports: [41000, 61000], from: ['dea', 'controller'], why: 'service gateway', sure: 'H' },
  { ports: [5454, 5454], from: 'all', why: 'redis of the service node', sure: 'M' },
];

/** Ports that instances of a service get, reached from the DEAs (facts §3.4; H). */
export function instancePorts(first: number, last: number, service: string): PortFact {
  return { ports: [first, last], from: ['dea'], why: `${service} instances`, sure: 'H', exclusive: true };
}
