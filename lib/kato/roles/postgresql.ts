import { builtinRole } from '../role';
import { DATABASE_DEFAULTS, useDatabase } from './database';
import { gatewayPorts, SERVICES } from './service';

/** Facts §1.1, §3.2, §10.1. */
export const postgresql = builtinRole({
  name: 'postgresql',
  title: 'PostgreSQL 9.1 service, on its own server or on a declared database',
  processes: ['postgresql', 'postgresql_node', 'postgresql_gateway'],
  ports: [
    {
      ports: [DATABASE_DEFAULTS.postgresql.port, DATABASE_DEFAULTS.postgresql.port],
      from: ['dea', 'controller'],
      why: 'PostgreSQL',
      sure: 'H',
    },
    ...gatewayPorts,
  ],
  keeps: { ...SERVICES, what: 'PostgreSQL databases' },
  serves: 'data services',
  standIn: false,
  // On a core, restarting the role would also restart the Cloud Controller's database (facts §1.1; M).
  restart: 'process',
  database: 'postgresql',
  after: useDatabase('postgresql'),
});
