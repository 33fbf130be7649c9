import { builtinRole } from '../role';
import { useDatabase } from './database';
import { gatewayPorts, SERVICES } from './service';

/** Facts §1.1, §3.2, §10.1. */
export const postgresql = builtinRole({
  name: 'postgresql',
  title: 'PostgreSQL 9.1 service, on its own server or on a declared database',
  processes: ['postgresql', 'postgresql_node', 'postgresql_gateway'],
  ports: [{ ports: [5432, 5432], from: ['dea', 'controller'], why: 'PostgreSQL', sure: 'H' }, ...gatewayPorts],
  keeps: SERVICES,
  database: 'postgresql',
  after: useDatabase('postgresql'),
});
