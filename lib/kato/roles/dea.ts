import { builtinRole } from '../role';

/** Facts §1.1, §3.2, §3.3. Keeps no data: a DEA can be replaced at any time (H). */
export const dea = builtinRole({
  name: 'dea',
  title: 'Droplet Execution Agent: stages applications (3.0 and later) and runs their containers',
  processes: ['dea_ng', 'dir_server', 'fence', 'apptail'],
  ports: [
    { ports: [9022, 9022], from: ['controller'], why: 'droplets', sure: 'H' },
    {
      ports: [41000, 61000],
      from: ['router'],
      why: 'traffic to applications; missing in the vendor table',
      sure: 'M',
      since: '2.8',
    },
    {
      ports: [1024, 65535],
      from: ['router'],
      why: 'traffic to applications on any high port',
      sure: 'M',
      until: '2.8',
    },
    { ports: [1, 65535], from: ['controller'], why: 'stackato ssh', sure: 'H', until: '3.0' },
  ],
  keeps: 'nothing',
  serves: 'apps on DEAs',
  standIn: true,
});
