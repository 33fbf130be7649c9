import { knowsAction } from './commands';
import type { Role, RoleContext } from './role';
import { CORE_ROLES } from './roles';
import type { Action, Step, Word } from './step';
import { atLeast, type KatoVersion } from './version';

/** Names under which the core shares files with other nodes, below the cluster's prefix in the cloud's store. */
export const CLUSTER_KEY = 'cluster-key';
export const CLUSTER_CERTIFICATE = 'cluster-certificate';

/** The input for planning a node's first boot: plain data from the declaration. */
export interface BootPlan {
  readonly version: KatoVersion;
  readonly hostname: string;
  /** Roles of this node with the database that each uses. */
  readonly roles: readonly { readonly role: Role; readonly database?: string }[];
  readonly disk?: { readonly gib: number; readonly mount: string; readonly relocate: readonly KeptFolder[] };
}

/** Folders of the product that a disk may keep; `data` holds what neither of the others does. */
export type KeptFolder = 'services' | 'droplets' | 'data';

/**
 * Where they lie from 3.0 on (facts §7.3, §17; H, droplets M). The configuration store and the core's databases are in
 * `services` or `data` (which of them, and that they are, L).
 */
export const KEPT_FOLDERS: Readonly<Record<KeptFolder, string>> = {
  services: '/var/stackato/services',
  data: '/var/stackato/data',
  droplets: '/home/stackato/stackato/data',
};

/**
 * What a core puts on its disk: from 3.0 on all that it keeps. Before, nobody says where Doozer keeps the configuration, and
 * only `kato relocate` is known to move anything.
 */
export function coreFolders(version: KatoVersion, hasDataRoles: boolean): readonly KeptFolder[] {
  if (atLeast(version, '3.0')) return ['services', 'data', 'droplets'];
  return hasDataRoles ? ['services', 'droplets'] : ['droplets'];
}

export interface CorePlan extends BootPlan {
  readonly admin: {
    readonly email: string;
    readonly organization: string;
    readonly space?: string;
    readonly password: Word;
  };
  readonly license?: Word;
  readonly config: readonly Extract<Action, { do: 'config' }>[];
  /** Steps of roles on the core. */
  readonly onCore: readonly Action[];
  /** Whether other nodes need the certificate (routers, load balancers). */
  readonly sharesCertificate: boolean;
}

export interface NodePlan extends BootPlan {
  /** The argument of `-e`: role names, or the name of their group. */
  readonly attach: readonly string[];
  readonly placementZones: readonly string[];
}

const KEY_FILES = ['/home/stackato/.ssh/cluster_key', '/home/stackato/.ssh/cluster_key.pub'];
const CERTIFICATE_FILES = ['/etc/ssl/private/stackato.key', '/etc/ssl/certs/stackato.crt'];

/** First boot of the core (facts §2.8: H for syntax, M for the order of what follows `setup core`). */
export function bootCore(plan: CorePlan): readonly Step[] {
  const { version, hostname } = plan;
  const own = plan.roles.filter((r) => !CORE_ROLES.includes(r.role.name) && r.role.placement !== 'implied');
  const steps: Step[] = [
    ...stage('ready', { do: 'ready' }),
    ...mount(plan),
    ...keep(plan),
    ...old(version, [
      ...stage('rename', { do: 'rename', hostname }),
      ...stage('mdns', { do: 'role-remove', role: 'mdns' }),
      // The deployment of January 2013 rebooted here: 2.x applies a new name at boot.
      ...stage('reboot', { do: 'reboot' }),
      ...stage('ready-again', { do: 'ready' }),
    ]),
    ...recent(version, [
      ...stage('mdns', { do: 'role-remove', role: 'mdns' }),
      ...stage('rename', { do: 'rename', hostname }),
    ]),
    ...stage('before', ...beforeRoles(version, own)),
    ...stage(
      'core',
      { do: 'setup-core', hostname },
      ...addRoles(version, own),
      ...verify(version, [...CORE_ROLES, ...own.map((r) => r.role.name)]),
    ),
    ...(keepsAll(plan) ? [] : relocate(plan)),
    ...(needsKey(version)
      ? stage('key', { do: 'make-key' }, { do: 'share', name: CLUSTER_KEY, files: KEY_FILES }, { do: 'trust-key' })
      : []),
    ...(plan.sharesCertificate
      ? stage('certificate', { do: 'share', name: CLUSTER_CERTIFICATE, files: CERTIFICATE_FILES })
      : []),
  ];
  if (plan.license !== undefined && knowsAction(version, 'license-set')) {
    steps.push(...stage('license', { do: 'license-set', license: plan.license }, { do: 'license-enable' }));
  }
  if (knowsAction(version, 'first-user')) steps.push(...stage('admin', { do: 'first-user', ...plan.admin }));
  const restarts = own.length || plan.config.length ? coreRestarts(plan) : [];
  steps.push(...stage('config', ...plan.config, ...restarts));
  steps.push(...stage('custom', ...plan.onCore));
  steps.push(...afterRoles(version, plan.roles));
  if (keepsAll(plan)) steps.push(...stage('kept', { do: 'verify-kept', mount: plan.disk!.mount }));
  return steps;
}

/** First boot of any other node: wait, attach, then configure, because attach replaces the node's settings (facts §0.1-5; M). */
export function bootNode(plan: NodePlan): readonly Step[] {
  const { version, hostname } = plan;
  const names = plan.roles.map((r) => r.role.name);
  const shipped = plan.roles.filter((r) => r.role.shipped !== false);
  const added = plan.roles.filter((r) => r.role.shipped === false).map((r) => r.role.name);
  const balancer = names.includes('load_balancer');
  const fronts = balancer || names.includes('router');
  const storePort = atLeast(version, '3.0') ? 7474 : 8046;
  return [
    ...stage('ready', { do: 'ready' }),
    ...mount(plan),
    // Routers and balancers carry the cluster's name and certificate (facts §5.4; H).
    ...(fronts ? stage('rename', { do: 'rename', hostname }) : []),
    ...stage('before', ...beforeRoles(version, plan.roles)),
    ...stage(
      'core',
      { do: 'wait-core', port: 4222, why: 'message bus' },
      { do: 'wait-core', port: storePort, why: 'configuration store' },
    ),
    ...(needsKey(version) ? stage('key', { do: 'take', name: CLUSTER_KEY }, { do: 'trust-key' }) : []),
    ...(fronts ? stage('certificate', { do: 'take', name: CLUSTER_CERTIFICATE }) : []),
    ...stage(
      'attach',
      { do: 'attach', roles: balancer ? [] : plan.attach },
      ...(balancer
        ? [{ do: 'setup-load-balancer' } as const]
        : verify(
            version,
            shipped.map((r) => r.role.name),
          )),
    ),
    ...stage('roles', ...(added.length ? [{ do: 'role-add', roles: added } as const] : [])),
    ...relocate(plan),
    ...zones(plan),
    ...afterRoles(version, plan.roles),
  ];
}

function stage(name: string, ...actions: readonly Action[]): readonly Step[] {
  return actions.map((action) => ({ stage: name, action }));
}

const old = (version: KatoVersion, steps: readonly Step[]) => (atLeast(version, '2.8') ? [] : steps);
const recent = (version: KatoVersion, steps: readonly Step[]) => (atLeast(version, '2.8') ? steps : []);

/** From 3.6 a node must be able to log in to the core with a key before it attaches (facts §0.1-8; M). */
const needsKey = (version: KatoVersion) => atLeast(version, '3.6');

/** `kato node list` exists from 2.10.4 on (facts §2.3; H). */
const verify = (version: KatoVersion, roles: readonly string[]): readonly Action[] =>
  atLeast(version, '2.10.4') && roles.length ? [{ do: 'verify-roles', roles }] : [];

function addRoles(version: KatoVersion, own: BootPlan['roles']): readonly Action[] {
  // 2.x prepares droplets in a role of its own, small clusters have it on the core (facts §1.1; H).
  const names = [...(atLeast(version, '3.0') ? [] : ['stager']), ...own.map((r) => r.role.name)];
  return names.length ? [{ do: 'role-add', roles: [...new Set(names)] }] : [];
}

function mount({ disk }: BootPlan): readonly Step[] {
  return disk ? stage('disk', { do: 'mount', gib: disk.gib, mount: disk.mount }) : [];
}

/** Stop, move, start (facts §7.3; H); before anything uses the node. */
function relocate({ version, disk }: BootPlan): readonly Step[] {
  const all = (disk?.relocate ?? []).flatMap((what) => (what === 'data' ? [] : [what]));
  if (!disk || !knowsAction(version, 'relocate')) return [];
  const directories = all.map((what) => `${disk.mount}/${what}`);
  return stage(
    'relocate',
    { do: 'run', words: ['install', '-d', '-o', 'stackato', '-g', 'stackato', '-m', '755', ...directories] },
    { do: 'stop' },
    ...all.map((what, i) => ({ do: 'relocate', what, directory: directories[i]! }) as const),
    { do: 'start' },
  );
}

const keepsAll = ({ disk }: BootPlan): boolean => disk?.relocate.includes('data') === true;

/**
 * What the core keeps is on its disk before it becomes a core: a new machine finds the users, apps, nodes and settings of the
 * machine before it, and the steps that follow repeat what is there (kato is lenient then, facts §18-18; L).
 */
function keep(plan: BootPlan): readonly Step[] {
  if (!plan.disk || !keepsAll(plan)) return [];
  const { mount, relocate } = plan.disk;
  const folders = relocate.map((what) => `${what}:${KEPT_FOLDERS[what]}`);
  return stage('relocate', { do: 'keep-folders', mount, folders }, { do: 'ready' });
}

/** Zones belong to DEAs; they are set after attach, which would discard them (facts §5.5; L for the order). */
function zones({ version, roles, placementZones }: NodePlan): readonly Step[] {
  if (!roles.some((r) => r.role.name === 'dea') || !knowsAction(version, 'availability-zone')) return [];
  return stage(
    'zone',
    { do: 'availability-zone', zone: { hole: 'node.zone' } },
    ...placementZones.map((zone) => ({ do: 'placement-zone', zone }) as const),
  );
}

const context = (version: KatoVersion, database: string | undefined): RoleContext => ({
  version,
  ...(database ? { database } : {}),
});

function beforeRoles(version: KatoVersion, roles: BootPlan['roles']): readonly Action[] {
  return roles.flatMap((r) => [...(r.role.before?.(context(version, r.database)) ?? [])]);
}

function afterRoles(version: KatoVersion, roles: BootPlan['roles']): readonly Step[] {
  return roles.flatMap((r) => {
    // No role name can equal one of the stages above.
    const name = r.database === undefined ? `role-${r.role.name}` : 'database';
    return stage(name, ...(r.role.after?.(context(version, r.database)) ?? []));
  });
}

/** Restarts roles of the core with new configuration (facts §10, §12; M). */
function coreRestarts({ config, roles }: CorePlan): readonly Action[] {
  const touched = new Set(config.map((c) => c.component));
  return roles
    .filter((r) => r.role.name !== 'primary' && r.role.processes.some((p) => touched.has(p)))
    .map((r) => ({ do: 'restart', role: r.role.name }) as const);
}
