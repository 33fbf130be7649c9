import { builtinRole } from '../role';
import { gatewayPorts, instancePorts, SERVICES } from './service';

/** Facts §1.1, §3.4. */
export const memcached = builtinRole({
  name: 'memcached',
  title: 'Memcached service with metadata on disk',
  processes: ['memcached_node', 'memcached_gateway'],
  ports: [instancePorts(45001, 50000, 'memcached'), ...gatewayPorts],
  keeps: { ...SERVICES, what: 'records of memcached services' },
  serves: 'data services',
  standIn: false,
});
