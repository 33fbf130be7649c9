import { builtinRole } from '../role';
import { gatewayPorts, instancePorts, SERVICES } from './service';

/** Facts §1.1, §3.4. */
export const mongodb = builtinRole({
  name: 'mongodb',
  title: 'MongoDB service',
  processes: ['mongodb_node', 'mongodb_gateway'],
  ports: [instancePorts(15001, 25000, 'mongodb'), ...gatewayPorts],
  keeps: { ...SERVICES, what: 'MongoDB databases' },
  serves: 'data services',
  standIn: false,
});
