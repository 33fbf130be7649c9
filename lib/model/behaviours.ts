/** A sentence of the facts that the model acts by. */
export interface Behaviour {
  readonly says: string;
  /** Sections of the facts. */
  readonly facts: string;
  /** H stated by the vendor, M by one other source, L inferred; two where the second part is surer or less sure. */
  readonly sure: string;
}

const b = (says: string, facts: string, sure: string): Behaviour => ({ says, facts, sure });

/** What the model does beyond reading its commands, by name; a test proves each. */
export const behaviours = {
  // Rules
  'exit-zero': b('up to 3.2.1 kato exits 0, whatever it said', '0.1-6', 'H'),
  'block-waits': b('`process ready --block` did not time out before 3.4.1: it waited on', '0.1-6', 'H; waiting on L'),
  'flat-status': b('before 2.8 `kato status` lists processes, since then roles', '2.2', 'H'),
  grammar: b('the words of another generation are refused: flat before 2.8, noun and verb since', '2.2', 'H'),
  user: b('kato refuses root and needs a login shell', '2.1', 'H'),
  sudo: b('rename, retire, patch and upgrade call sudo: without NOPASSWD they ask, and nobody answers', '14', 'H'),
  history: b('what changes something is kept in `kato history`, secrets left out', '2.7', 'H; leaving out L'),
  'node-list': b('a line of `node list` begins with the address', '2.3', 'H'),
  // Boot
  'micro-first': b('a fresh node boots as a micro cloud with MBUS IP 127.0.0.1', '0.1-1, 1.1', 'H'),
  'micro-services': b(
    'a micro cloud of 2.x has all data services on, of 3.0 mysql and filesystem, from 3.4 on postgresql too',
    '1.1, 1.3',
    'H; 2.x and 3.2 L',
  ),
  'start-suppressed': b(
    'without upstart’s `kato start` nothing runs until supervisorctl or kato says so',
    '4.3-1, 4.3-5',
    'M',
  ),
  supervisord: b('stop-supervisord stops all of a node, its store too, until start-supervisord', '10.3, 17', 'H'),
  'core-stores': b(
    'the config store lies in /var/stackato/data, the database of users and apps in /var/stackato/services; their processes read them when they start',
    '17, 7.3',
    'H for the folders; which lies where L',
  ),
  'store-first': b('kato can do nothing before the node’s own config store is up', '14', 'H'),
  'redis-timeout': b(
    'the first start waits 90 s for config_redis, or what its task was changed to; else it leaves an error marker',
    '4.3-2, 14, 17',
    'M; what runs then L',
  ),
  'start-order': b('processes start in the order of their roles, a node’s own bus and store before', '1.2, 14', 'M'),
  'state-lasts': b('roles, zones and config outlive a reboot', '2.9', 'M'),
  'nothing-configured': b('a node without processes is not ready, nor is a stopped one', '2.4', 'L'),
  defer: b('deferred commands run once at the next boot, those for post-start when all processes are up', '2.6', 'H'),
  'defer-while-booting': b('what is deferred before its turn in the same boot runs in that boot', '2.6', 'L'),
  template: b('up to 2.6 a started copy of a DEA template joins the cluster it was attached to', '9.1, S3', 'H; how L'),
  // Core and attach
  'core-roles': b('`setup core` gives base, primary, controller and router', '0.1-2', 'H'),
  'core-again': b('`setup core` once more keeps the roles that were added', '18-18', 'L'),
  'hosts-file': b('/etc/hosts maps the core’s private address to the cluster’s name and API', '3.1', 'H'),
  'store-port': b('the config store is on 7474 from 3.0 on, on 8046 before', '0.1-10', 'H'),
  'attach-needs-core': b('attach needs the core’s message bus and config store', '14', 'H'),
  'attach-crash': b('attach to an address that does not answer crashed before 3.2.1', '14', 'H; words L'),
  'attach-store': b('attach replaces the node’s own config by the cluster’s', '0.1-5', 'M'),
  'attach-versions': b('attach refuses another version from 3.0 on, unless forced', '2.3', 'H'),
  'attach-key': b('attach logs in to the core with a key in 3.6', '0.1-8', 'M'),
  'attach-host-key': b('an unknown host key is asked about, and nobody answers', '14', 'H'),
  'attach-roles': b('what attach lists is what runs afterwards', '18-7', 'L'),
  'attach-no-start': b('`-s` attaches without starting', '2.3', 'H'),
  'attach-again': b(
    'attach without roles of a node that was attached keeps its roles; `reattach` in 3.4',
    '13.3, 2.3',
    'H; keeping L',
  ),
  migrate: b('from 3.4 on the core migrates to a new address and the others attach again', '13.3', 'H'),
  'migrate-all': b('before 3.4 every node migrates, the core first', '13.3', 'H'),
  rename: b(
    'rename sets the host name, /etc/hosts, the cluster’s endpoint and a new certificate, unless `-l`',
    '6, 14',
    'H',
  ),
  'setup-micro': b('`setup micro` makes a micro cloud of a node again, with `-d` with fresh config', '2.3', 'H'),
  'setup-micro-silent': b('`setup micro -s` failed silently before 3.4.1', '2.3', 'H; doing nothing L'),
  // Roles
  'data-services': b('`data-services` is the seven services, without harbor and rabbit3', '1.3', 'H'),
  groups: b('groups of `role_groups.yml` work in `role add`, `attach -e` and `log tail`', '1.3', 'H'),
  'one-primary': b('primary and base are never added or removed', '1.1', 'H'),
  'core-keeps': b('controller and router stay on the core, as primary needs them on its node', '1.1', 'H'),
  only: b('`role add --only` keeps base and primary', '1.1, 2.4', 'H; that the others go L'),
  cardinality: b('a role is on no more nodes than its `max_per_cluster` says', '1.2, 1.4', 'M'),
  'role-no-start': b('`role add --no-start` leaves the role stopped', '2.4', 'H'),
  'one-at-a-time': b(
    'changes of what a node is follow each other, and a limit of the cluster holds for nodes that come at once',
    '1.2, 2.4, 12',
    'L',
  ),
  'old-roles': b('stager, prealloc and cloud_controller are of 2.x, rabbit3 of 3.0 and later', '1.1, 2.2', 'H'),
  'old-restart': b('before 3.0 start, stop and restart take processes too', '10.1, S3', 'H'),
  'custom-role': b('a process file that names a role makes a custom service known from 3.0 on', '1.4, 10.3', 'H'),
  'custom-role-old': b('in 2.x `roles.yml` and `processes.yml` do', '1.4, 10.3', 'H'),
  balancer: b('`setup load_balancer` takes given routers or asks the cluster for them', '2.3, 5.4', 'H'),
  'balancer-alone': b('load_balancer holds no other role and is set up by its own command alone', '1.1', 'H'),
  'balancer-force': b('what the node holds besides goes only with `--force`', '2.3, 5.4', 'L'),
  'balancer-asks': b('in 2.x it asked for the routers when none were given', '2.3', 'H'),
  'process-stop': b('`process stop` stops one process until it is started', '2.4', 'H'),
  // Network
  connections: b(
    'running processes connect as the port tables say; what fails is in edges.json and `process list`',
    '3.2-3.4',
    'H/M',
  ),
  'instance-ports': b(
    'services listen on the first port of their `port_range`',
    '3.4',
    'H; also before there are instances L',
  ),
  overlap: b('rabbit and harbor on one node need another `port_range`', '3.4', 'H; what happens L'),
  bus: b('the message bus greets, answers PING and refuses what is no NATS', '1.1, 3.1', 'H; it carries nothing L'),
  'extra-controller': b('a further controller needs the core’s PostgreSQL', '0.1-11, 5.3', 'H'),
  'core-away': b(
    'without the core for 90 s what runs elsewhere goes FATAL, what starts hangs; neither comes back by itself',
    '13.4',
    'H; which of the two L',
  ),
  'core-back': b('`kato start` brings back what is FATAL, `kato restart` what hangs', '13.4', 'H'),
  // Leaving
  'retire-sudo': b('before 3.4.1 retiring another node hung on its sudo', '2.3', 'H'),
  retire: b('retire stops a DEA', '2.3, 13.4', 'H'),
  remove: b('remove takes a node out of the cluster; a dead one with `-s` from 3.2 on', '2.3, 13.4', 'H'),
  'remove-hangs': b('before 3.2.1 remove hung for minutes on a dead node', '2.3', 'H; the end L'),
  detach: b('detach makes a node its own again; `-s` starts its processes', '2.3', 'H; which ones L'),
  'reset-factory': b('a factory reset fails with NOPASSWD, else asks for the password', '2.1, 14', 'H'),
  'reset-words': b('`reset soft` is gone in 3.4.1, `docker` and `services` came in 3.2', '2.3', 'H'),
  upgrade: b('an upgrade goes from 3.x to 3.x and loses a changed role_groups.yml', '1.3, 13.2', 'H; mechanics L'),
  // Config, data
  types: b(
    'booleans and numbers by their looks, lists and maps as JSON; another type only with `--force`',
    '2.5',
    'H; numbers L',
  ),
  stdin: b('a value that is absent is read from STDIN', '2.5', 'H'),
  components: b('a component is a process of this version, `cluster` or `local`', '2.1', 'H'),
  'config-node': b('`--node` sets a value of one node, in 2.10 alone', '2.5', 'H; which then hides the cluster’s L'),
  'whole-component': b('the key path `/` replaces a whole component', '2.5', 'H'),
  'flat-config': b('before 2.8 strings need inner quotes with `--json`', '2.2', 'H'),
  local: b('the component `local` is the node’s own', '2.1', 'H; L'),
  'node-entries': b('the store holds nodes under `node/<id>/roles/<role>`', '2.9', 'M'),
  datastore: b(
    'an external database needs host and password, in 3.6 the gateway’s switch, and must answer',
    '10.1, S0',
    'H; that it must answer L',
  ),
  'datastore-restart': b('a changed database is used after a restart', '10.1', 'H'),
  rds: b('RDS needs `aws_rds_compat`', '7.5', 'H; why L'),
  relocate: b('relocate moves data while nothing runs and leaves a link', '7.3', 'H'),
  export: b('export and import carry config, the first user and the data of services, not DEAs', '13.1', 'H'),
  'export-parts': b(
    'resources, aok-config and the database’s encryption key are exported when asked for; `--exclude-X` leaves a part out',
    '2.7, 13.1',
    'H; names and effects L',
  ),
  'import-user': b('an import needs the first user', '13.1', 'H'),
  zones: b('zones are for DEAs, `default` until set', '5.5', 'H'),
  // Users, licence
  'first-user': b('the first user is created once, with an organisation from 3.0 on', '12, 2.3', 'H'),
  'first-user-licence': b('creating it writes the micro cloud’s licence where there is none', '12', 'H'),
  'first-user-controllers': b('it failed with several controllers before 3.4.1', '5.3', 'H'),
  'admin-grant': b('`admin grant` makes an administrator before 3.0', '2.2', 'H'),
  licence: b('a licence is set, then enabled', '2.4', 'H'),
  'licence-memory': b('no licence allows 4 GB, a free key 20', '0.1-15, 12', 'H; where it shows L'),
  services: b(
    'the `stackato` client creates a service where its gateway and node process run and, if custom, its token is known',
    '10.3, S0, S2',
    'H; words beyond those printed L',
  ),
  // Logs, diagnosis
  drains: b('a drain takes system logs unless `-p` says otherwise; its kind is in its URI', '11', 'H'),
  'drain-status': b('`log drain status` says whether the drain’s end is reached', '2.7', 'H; words L'),
  'log-tail': b('`log tail` shows the logs of processes, roles and groups', '1.3, 2.7', 'H; it does not follow L'),
  unstreamed: b('logs of router2g, stackato_rest, cc_upload_server and harbor’s proxy are in files alone', '11', 'H'),
  patches: b('`patch update` cannot reach the vendor', '13.2, 15', 'L'),
  inspect: b('`inspect` finds common misconfiguration', '2.7', 'H; which L'),
  report: b('`report` collects what support asks for, of one node or of all', '2.7', 'H; file L'),
} as const satisfies Readonly<Record<string, Behaviour>>;
