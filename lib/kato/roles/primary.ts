import { builtinRole } from '../role';

/** Facts §1.1, §3.2, §3.3. Exactly one, on the core; `kato node setup core` adds it (H). */
export const primary = builtinRole({
  name: 'primary',
  title: 'message bus, configuration store, Cloud Controller database and Health Manager; all nodes attach to it',
  since: '2.10.4',
  placement: 'core',
  atMost: 1,
  processes: ['nats_server', 'config_redis', 'redis_server', 'postgresql', 'applog_redis', 'health_manager'],
  ports: [
    { ports: [4222, 4222], from: 'all', why: 'NATS message bus', sure: 'H' },
    { ports: [5454, 5454], from: 'all', why: 'redis', sure: 'H' },
    { ports: [6464, 6464], from: 'all', why: 'application log redis', sure: 'H', since: '3.0' },
    { ports: [7474, 7474], from: 'all', why: 'configuration store', sure: 'H', since: '3.0' },
    { ports: [8046, 8046], from: 'all', why: 'Doozer configuration store', sure: 'H', until: '3.0' },
    {
      ports: [4567, 4567],
      from: ['router'],
      why: 'AOK: logins fail without it; missing in the vendor table',
      sure: 'H',
      since: '3.0',
    },
    { ports: [5432, 5432], from: ['controller'], why: "extra controllers use the core's PostgreSQL", sure: 'H' },
    { ports: [6379, 6379], from: ['router', 'dea'], why: 'ephemeral redis', sure: 'M', since: '3.0' },
    { ports: [80, 80], from: ['router'], why: 'API behind separate routers', sure: 'M' },
    { ports: [443, 443], from: ['router'], why: 'API behind separate routers', sure: 'M' },
  ],
  keeps: {
    directory: '/home/stackato/stackato/data',
    relocate: 'droplets',
    what: 'users, organizations, spaces, apps and configuration of the whole cluster',
  },
  serves: 'deploys, API, console',
  standIn: false,
});
