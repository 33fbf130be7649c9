import { builtinRole } from '../role';
import { gatewayPorts, instancePorts, SERVICES } from './service';

/** Facts §1.1, §3.4. */
export const redis = builtinRole({
  name: 'redis',
  title: 'Redis service',
  processes: ['redis_node', 'redis_gateway'],
  ports: [instancePorts(5000, 15000, 'redis'), ...gatewayPorts],
  keeps: { ...SERVICES, what: 'Redis data' },
  serves: 'data services',
  standIn: false,
});
