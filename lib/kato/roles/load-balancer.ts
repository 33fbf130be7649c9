import { builtinRole } from '../role';

/**
 * Facts §1.1, §5.4. Holds no other role; set up by its own command after attach (H). There is one from 2.4 on, but before
 * 3.0 its command asked questions that no boot script can answer (facts §2.3; H).
 */
export const loadBalancer = builtinRole({
  name: 'load_balancer',
  title: 'nginx in front of the routers, ends TLS',
  since: '3.0',
  placement: 'alone',
  processes: ['nginx_load_balancer'],
  ports: [
    { ports: [80, 80], from: 'world', why: 'HTTP', sure: 'H' },
    { ports: [443, 443], from: 'world', why: 'HTTPS', sure: 'H' },
  ],
  keeps: 'nothing',
  serves: 'app traffic',
  standIn: true,
});
