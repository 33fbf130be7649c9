import { builtinRole } from '../role';

/** Facts §1.1, §5.4. Holds no other role; set up by its own command after attach (H). */
export const loadBalancer = builtinRole({
  name: 'load_balancer',
  title: 'nginx in front of the routers, ends TLS',
  since: '2.4',
  placement: 'alone',
  processes: ['nginx_load_balancer'],
  ports: [
    { ports: [80, 80], from: 'world', why: 'HTTP', sure: 'H' },
    { ports: [443, 443], from: 'world', why: 'HTTPS', sure: 'H' },
  ],
});
