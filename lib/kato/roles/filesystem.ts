import { builtinRole } from '../role';
import { gatewayPorts, SERVICES } from './service';

/** Facts §1.1, §7.3. Mounted in containers by sshfs over port 22; never on an NFS mount (H). */
export const filesystem = builtinRole({
  name: 'filesystem',
  title: 'shared persistent directories for applications',
  processes: ['filesystem_node', 'filesystem_gateway'],
  ports: gatewayPorts,
  keeps: { ...SERVICES, what: 'persistent file systems of apps' },
  serves: 'data services',
  standIn: false,
});
