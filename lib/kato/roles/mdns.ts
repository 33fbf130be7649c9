import { builtinRole } from '../role';

/** Facts §1.1. Micro cloud only; every cluster removes it (H). */
export const mdns = builtinRole({
  name: 'mdns',
  title: 'multicast DNS for .local names on a micro cloud; removed from every cluster',
  placement: 'implied',
  processes: ['app_mdns', 'avahi_publisher'],
  ports: [],
  keeps: 'nothing',
  serves: 'other nodes',
  standIn: true,
});
