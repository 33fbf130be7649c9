import { builtinRole } from '../role';

/** Facts §1.1, §3.2, §5.4. Stays on the core even when other routers exist (H). */
export const router = builtinRole({
  name: 'router',
  title: 'HTTP, HTTPS and WebSocket routing to application containers and to the API',
  processes: ['router2g'],
  ports: [
    { ports: [80, 80], from: 'world', why: 'HTTP', sure: 'H' },
    { ports: [443, 443], from: 'world', why: 'HTTPS, API and console', sure: 'H' },
    { ports: [80, 80], from: ['load_balancer'], why: 'HTTP behind a load balancer', sure: 'M' },
    { ports: [443, 443], from: ['load_balancer'], why: 'HTTPS behind a load balancer', sure: 'M' },
    { ports: [9025, 9025], from: ['controller'], why: 'stackato-rest', sure: 'H', since: '3.0' },
  ],
  keeps: 'nothing',
  serves: 'app traffic',
  standIn: true,
});
