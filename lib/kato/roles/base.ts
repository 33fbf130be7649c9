import { builtinRole } from '../role';

/** Facts §1.1, §3.2, §3.3. On every node, never listed, cannot be removed (H). */
export const base = builtinRole({
  name: 'base',
  title: 'message-bus and configuration client and log forwarding, on every node',
  placement: 'implied',
  processes: ['logyard', 'logyard_remote', 'systail', 'logyard_sieve', 'docker_events'],
  ports: [
    { ports: [22, 22], from: 'all', why: 'ssh, scp and sshfs between nodes', sure: 'H' },
    { ports: [7000, 7999], from: 'all', why: 'kato log tail', sure: 'H' },
    { ports: [9001, 9001], from: 'all', why: 'supervisord, asked by the controller', sure: 'H' },
    { ports: [9026, 9026], from: ['controller'], why: 'stackato-rest', sure: 'H', since: '3.0' },
  ],
  keeps: 'nothing',
  serves: 'other nodes',
  standIn: true,
});
