/** The progress of an apply. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  /** Running operations, longest first. */
  readonly waiting: readonly Waiting[];
}

export interface Waiting {
  readonly address: string;
  /** Seconds since it began. */
  readonly seconds: number;
}

/** A diagnostic from Terraform. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail: string;
  readonly address?: string;
}

/** A reader of the lines that `apply -json` and `plan -json` write. */
export interface ProgressReader {
  /** Reads one line's object; unknown kinds are ignored. */
  take(line: Readonly<Record<string, unknown>>): void;
  progress(): Progress;
  readonly diagnostics: readonly Diagnostic[];
  /** Addresses of successful operations, by kind of operation, in order. */
  readonly finished: { readonly created: string[]; readonly updated: string[]; readonly destroyed: string[] };
}

/** `total` is the number of operations planned; `now` in milliseconds, for tests. */
export function progressReader(total: number, now: () => number = Date.now): ProgressReader {
  const began = new Map<string, number>();
  const diagnostics: Diagnostic[] = [];
  const finished = { created: [] as string[], updated: [] as string[], destroyed: [] as string[] };
  let done = 0;
  return {
    diagnostics,
    finished,
    take(line) {
      const diagnostic = line['type'] === 'diagnostic' ? readDiagnostic(line['diagnostic']) : undefined;
      if (diagnostic) diagnostics.push(diagnostic);
      const hook = record(line['hook']);
      const address = record(hook?.['resource'])?.['addr'];
      if (typeof address !== 'string') return;
      const action = String(hook?.['action']);
      // a data source that is read during apply is no change, and not in the total
      if (action === 'read') return;
      if (line['type'] === 'apply_start') began.set(address, now());
      if (line['type'] === 'apply_errored') began.delete(address);
      if (line['type'] !== 'apply_complete') return;
      began.delete(address);
      done++;
      const into = { create: finished.created, update: finished.updated, delete: finished.destroyed }[action];
      into?.push(address);
    },
    progress() {
      const waiting = [...began].map(([address, at]) => ({ address, seconds: Math.round((now() - at) / 1000) }));
      waiting.sort((a, b) => b.seconds - a.seconds || a.address.localeCompare(b.address));
      return { done, total, waiting };
    },
  };
}

/** `29 of 41 · waiting for: database apps (1:04)`; the longest two, and how many more. */
export function progressText(progress: Progress, cluster = ''): string {
  const head = `${progress.done} of ${progress.total}`;
  const [first, second, ...more] = progress.waiting;
  if (!first) return head;
  const say = (w: Waiting) => `${spokenName(w.address, cluster)} (${clock(w.seconds)})`;
  const shown = [first, second].filter((w) => w !== undefined).map(say);
  return `${head} · waiting for: ${shown.join(', ')}${more.length > 0 ? ` and ${more.length} more` : ''}`;
}

/** The operator's word for a Terraform resource type. */
const NOUNS: Readonly<Record<string, string>> = {
  aws_instance: 'node',
  aws_ebs_volume: 'volume',
  aws_volume_attachment: 'volume attachment',
  aws_db_instance: 'database',
  aws_db_subnet_group: 'database subnets',
  aws_db_parameter_group: 'database parameters',
  aws_lb: 'load balancer',
  aws_elb: 'load balancer',
  aws_eip: 'public address',
  aws_vpc: 'network',
  aws_network_interface: 'network interface',
  aws_route53_record: 'dns record',
  aws_route53_zone: 'dns zone',
  aws_secretsmanager_secret: 'secret',
  aws_iam_instance_profile: 'instance profile',
  aws_vpc_security_group_ingress_rule: 'firewall rule',
  aws_vpc_security_group_egress_rule: 'firewall rule',
  terraform_data: 'record',
  openstack_compute_instance_v2: 'node',
  openstack_blockstorage_volume_v3: 'volume',
  openstack_compute_volume_attach_v2: 'volume attachment',
  openstack_networking_port_v2: 'port',
  openstack_networking_network_v2: 'network',
  openstack_networking_subnet_v2: 'subnet',
  openstack_networking_router_v2: 'router',
  openstack_networking_router_interface_v2: 'router interface',
  openstack_networking_floatingip_v2: 'public address',
  openstack_networking_floatingip_associate_v2: 'public address association',
  openstack_networking_secgroup_v2: 'firewall group',
  openstack_compute_servergroup_v2: 'server group',
  openstack_compute_keypair_v2: 'key pair',
  openstack_networking_secgroup_rule_v2: 'firewall rule',
  openstack_lb_loadbalancer_v2: 'load balancer',
  openstack_lb_listener_v2: 'listener',
  openstack_lb_pool_v2: 'balancer pool',
  openstack_lb_member_v2: 'balancer member',
  openstack_lb_members_v2: 'balancer members',
  openstack_lb_monitor_v2: 'health check',
  openstack_dns_zone_v2: 'dns zone',
  openstack_dns_recordset_v2: 'dns record',
  openstack_keymanager_secret_v1: 'secret',
};

/** `database apps` from `aws_db_instance.paas_database-apps_1A2B3C4D`: without hash, cluster name and repeated words. */
export function spokenName(address: string, cluster = ''): string {
  const [, type = '', name = '', key] =
    /^(?:module\..+\.)?(?:data\.)?([^.[]+)\.([^.[]+)(?:\[(.*)\])?$/.exec(address) ?? [];
  if (!type) return address;
  const noun =
    NOUNS[type] ??
    type
      .replace(/^(aws|openstack)_/, '')
      .replace(/_v\d$/, '')
      .replaceAll('_', ' ');
  if (key) return `${noun} ${key.replaceAll('"', '')}`;
  const drop = new Set([cluster, 'this', ...noun.split(' ')]);
  const words = name.replace(/_[0-9A-F]{8}$/, '').split('_');
  const kept = words.flatMap((word) => (word === cluster ? [] : [stripped(word, drop)])).filter((word) => word);
  return kept.length > 0 ? `${noun} ${kept.join(' ')}` : noun;
}

/** `database-apps` without `database`: the noun at either end of a name is redundant. */
function stripped(word: string, drop: ReadonlySet<string>): string {
  const parts = word.split('-');
  while (parts.length > 0 && drop.has(parts[0]!)) parts.shift();
  while (parts.length > 0 && drop.has(parts.at(-1)!)) parts.pop();
  return parts.join('-');
}

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function readDiagnostic(value: unknown): Diagnostic | undefined {
  const raw = record(value);
  if (!raw) return undefined;
  return {
    severity: raw['severity'] === 'warning' ? 'warning' : 'error',
    summary: String(raw['summary'] ?? ''),
    detail: String(raw['detail'] ?? ''),
    ...(typeof raw['address'] === 'string' ? { address: raw['address'] } : {}),
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return value !== null && typeof value === 'object' ? (value as Readonly<Record<string, unknown>>) : undefined;
}
