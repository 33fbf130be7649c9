import { builtinRole } from '../role';
import { DATABASE_DEFAULTS, useDatabase } from './database';
import { gatewayPorts, SERVICES } from './service';

/** Facts §1.1, §3.2, §10.1. */
export const mysql = builtinRole({
  name: 'mysql',
  title: 'MySQL 5.5 service, on its own server or on a declared database',
  processes: ['mysql', 'mysql_node', 'mysql_gateway'],
  ports: [
    {
      ports: [DATABASE_DEFAULTS.mysql.port, DATABASE_DEFAULTS.mysql.port],
      from: ['dea', 'controller'],
      why: 'MySQL',
      sure: 'H',
    },
    ...gatewayPorts,
  ],
  keeps: { ...SERVICES, what: 'MySQL databases' },
  serves: 'data services',
  standIn: false,
  database: 'mysql',
  after: useDatabase('mysql'),
});
