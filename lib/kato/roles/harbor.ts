import { builtinRole } from '../role';
import { gatewayPorts, SERVICES } from './service';

/** Facts §1.1, §3.4. Its port range must be open to its clients; it overlaps with that of rabbit (H). */
export const harbor = builtinRole({
  name: 'harbor',
  title: 'TCP and UDP ports for applications, proxied from a public address',
  since: '2.8',
  processes: ['harbor_node', 'harbor_gateway', 'harbor_proxy_connector', 'harbor_redis'],
  ports: [
    { ports: [35000, 40000], from: 'world', why: 'harbor ports', sure: 'H', exclusive: true },
    { ports: [35000, 40000], protocol: 'udp', from: 'world', why: 'harbor ports', sure: 'H' },
    ...gatewayPorts,
  ],
  keeps: { ...SERVICES, what: 'records of Harbor ports' },
  serves: 'data services',
  standIn: false,
});
