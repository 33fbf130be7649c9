import { builtinRole } from '../role';
import { useDatabase } from './database';
import { gatewayPorts, SERVICES } from './service';

/** Facts §1.1, §3.2, §10.1. */
export const mysql = builtinRole({
  name: 'mysql',
  title: 'MySQL 5.5 service, on its own server or on a declared database',
  processes: ['mysql', 'mysql_node', 'mysql_gateway'],
  ports: [{ ports: [3306, 3306], from: ['dea', 'controller'], why: 'MySQL', sure: 'H' }, ...gatewayPorts],
  keeps: SERVICES,
  database: 'mysql',
  after: useDatabase('mysql'),
});
