import { builtinRole } from '../role';

/** Facts §1.1, §3.2, §3.3, §5.3. On the core; extra ones share its data directories (H). `cloud_controller` before 2.10.4. */
export const controller = builtinRole({
  name: 'controller',
  title: 'Cloud Controller API, Management Console, staging dispatch and service provisioning',
  since: '2.10.4',
  processes: [
    'cloud_controller_ng',
    'cc_nginx',
    'cc_upload_server',
    'cc_jobs_generic',
    'cc_jobs_local',
    'cc_stackato_clock',
    'applog_endpoint',
    'stackato_rest',
    'aok',
    'app_store',
  ],
  ports: [
    { ports: [8181, 8181], from: ['router'], why: 'upload server', sure: 'H', since: '3.4' },
    { ports: [8181, 8181], from: ['dea'], why: 'upload server; missing in the vendor table', sure: 'M', since: '3.4' },
    { ports: [9022, 9022], from: ['dea'], why: 'droplets', sure: 'H' },
    { ports: [9025, 9025], from: ['router'], why: 'stackato-rest', sure: 'M', since: '3.0' },
    { ports: [9026, 9026], from: ['router'], why: 'stackato-rest', sure: 'M', since: '3.0' },
  ],
  // Further controllers mount the core's (facts §5.3; H).
  keepsOnCore: 'droplets and uploaded app code',
  serves: 'deploys, API, console',
  standIn: true,
});
