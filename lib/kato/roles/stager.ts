import { builtinRole } from '../role';

/** Facts §1.1. Folded into the DEA in 3.0 (H). */
export const stager = builtinRole({
  name: 'stager',
  title: 'prepares droplets (2.x only; the DEA does it from 3.0)',
  until: '3.0',
  processes: ['stager', 'apptail'],
  ports: [],
  keeps: 'nothing',
  serves: 'deploys, API, console',
  standIn: true,
});
