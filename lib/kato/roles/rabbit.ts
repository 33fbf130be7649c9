import { builtinRole } from '../role';
import { gatewayPorts, instancePorts, SERVICES } from './service';

/** Facts §1.1, §3.4. */
export const rabbit = builtinRole({
  name: 'rabbit',
  title: 'RabbitMQ service',
  processes: ['rabbit_node', 'rabbit_gateway'],
  ports: [instancePorts(35001, 40000, 'rabbit'), ...gatewayPorts],
  keeps: { ...SERVICES, what: 'RabbitMQ queues' },
  serves: 'data services',
  standIn: false,
});
