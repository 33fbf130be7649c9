import { builtinRole } from '../role';

/**
 * Facts §1.1, §5.4. It is the only role of its node; a separate command sets it up after attach (H). It exists from 2.4
 * on, but before 3.0 the command had prompts that no boot script can answer (facts §2.3; H).
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
