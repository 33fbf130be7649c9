import { builtinRole } from '../role';
import { gatewayPorts, instancePorts, SERVICES } from './service';

/** Facts §1.1, §3.4. */
export const rabbit3 = builtinRole({
  name: 'rabbit3',
  title: 'RabbitMQ 3 service',
  since: '3.0',
  processes: ['rabbit3_node', 'rabbit3_gateway'],
  ports: [instancePorts(25001, 30000, 'rabbit3'), ...gatewayPorts],
  keeps: { ...SERVICES, what: 'RabbitMQ 3 queues' },
  serves: 'data services',
  standIn: false,
});
