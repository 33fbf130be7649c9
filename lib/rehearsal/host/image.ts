import { generateKeyPairSync } from 'node:crypto';
import { chownSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { shippedGroups } from '../../model/roles';
import { publicBody } from '../../model/sshd';
import { productOf } from '../../model/version';
import { program } from './program';

/** The user of the image. */
export const stackato = { uid: 1500, gid: 1500 };

/** Folder of our programs on a host. */
export const programs = '/usr/lib/stackato-model';

/** Folders of this machine that nodes see; all others are hidden. */
const shown = ['bin', 'etc', 'lib', 'lib32', 'lib64', 'libx32', 'sbin', 'usr', 'dev', 'proc', 'sys', 'run'];

/** Folders of this machine that a node has its own version of. */
const own = ['etc/profile.d', 'etc/ssl/private', 'etc/sudoers.d', 'etc/init', 'etc/cron.d', 'etc/ssh'];

/**
 * Makes the layer that hides this machine's own files from all nodes, with overlayfs whiteouts. In a user
 * namespace a node's root is its own, and only folders of this machine lie below it.
 */
export async function makeMask(dir: string, confined: boolean): Promise<void> {
  const hidden = confined ? [] : readdirSync('/').filter((name) => !shown.includes(name));
  for (const path of [...hidden, ...own]) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    await program('mknod', [join(dir, path), 'c', '0', '0']);
  }
}

/**
 * mkfs settings of a node: its disks are sparse files in memory, and the usual tables and journal of a 500 GiB file system
 * would be written there in full, gigabytes of zeros, by the kernel and long after mkfs.
 */
const fewInodes = `[defaults]
base_features = sparse_super,large_file,filetype,resize_inode,dir_index,ext_attr
default_mntopts = acl,user_xattr
enable_periodic_fsck = 0
blocksize = 4096
inode_size = 256
inode_ratio = 67108864
lazy_itable_init = 1
lazy_journal_init = 1
[fs_types]
ext4 = {
  features = has_journal,extent,huge_file,flex_bg,metadata_csum,64bit,dir_nlink,extra_isize
}
`;

/** How fast model nodes are; see the model's settings. */
export interface Pace {
  readonly boot: number;
  readonly start: number;
}

/** A node, as its image needs it. */
export interface ImageNode {
  readonly name: string;
  readonly version: string;
  readonly pace: Pace;
  /** How long it tries to get metadata, seconds. */
  readonly patience: number;
  /** Lines for /etc/hosts. */
  readonly hosts: readonly string[];
  /** Mount points of data disks, if it has folders instead of disks. */
  readonly folders?: readonly string[] | undefined;
}

/** A node's own files; paths are those that the node sees. */
interface Layer {
  at(path: string): string;
  folder(path: string, mode?: number): void;
  /** Writes a file, making its folder if needed. */
  put(path: string, text: string, mode?: number): void;
}

/** Writes the files of a new node: the product's image on top of this machine's programs. */
export function makeImage(upper: string, node: ImageNode): void {
  const at = (path: string) => join(upper, path);
  const folder = (path: string, mode = 0o755) => void mkdirSync(at(path), { recursive: true, mode });
  const put = (path: string, text: string, mode = 0o644) => {
    folder(dirname(path));
    writeFileSync(at(path), text, { mode });
  };
  const layer = { at, folder, put };
  putFolders(layer);
  putAccounts(layer);
  putSettings(layer, node);
  putDisks(layer, node.folders);
  putUpstart(layer);
  putPrograms(layer, node.patience);
  putProduct(layer, node);
  putKeys(layer, node.name);
  putData(layer, node.version);
  for (const path of [home, dataRoot(node.version)]) give(at(path));
  // kato writes these through sudo; in the model, its user owns them instead.
  for (const file of ['/etc/hosts', '/etc/hostname']) chownSync(at(file), stackato.uid, stackato.gid);
}

const home = '/home/stackato';

function putFolders({ at, folder }: Layer): void {
  for (const path of ['/home', '/root', '/tmp', '/mnt', '/media', '/srv', '/opt', '/boot', '/.old', ...own])
    folder(path);
  // In a user namespace, this machine's folders belong to an unmapped user; only the layer's own folders are writable.
  for (const path of ['sbin', 'bin', 'lib', 'share', 'local', 'local/bin', 'local/sbin', 'local/lib'])
    folder(`/usr/${path}`);
  for (const path of ['log', 'lib/cloud/scripts/per-boot', 'tmp', 'spool', 'cache', 'local', 'mail', 'backups'])
    folder(`/var/${path}`);
  symlinkSync('/run', at('/var/run'));
  symlinkSync('/run/lock', at('/var/lock'));
  symlinkSync('/home/stackato/stackato', at('/s'));
}

/** The image's user, in addition to those of this machine. */
function putAccounts({ put }: Layer): void {
  const { uid, gid } = stackato;
  const mine = (file: string) => (readText(`/etc/${file}`) ?? '').replace(/^(stackato|.*:1500):.*\n/gm, '');
  put('/etc/passwd', `${mine('passwd')}stackato:x:${uid}:${gid}:Stackato:/home/stackato:/bin/bash\n`);
  put('/etc/group', `${mine('group')}stackato:x:${gid}:\n`);
  put('/etc/shadow', `${mine('shadow')}stackato:*:15000:0:99999:7:::\n`, 0o640);
  put('/etc/sudoers', 'root ALL=(ALL) ALL\nstackato ALL=(ALL) ALL\n', 0o440);
}

function putSettings({ put }: Layer, node: ImageNode): void {
  put('/etc/environment', '');
  put('/etc/mke2fs.conf', fewInodes);
  put('/etc/resolv.conf', '');
  put('/etc/hostname', `${node.name}\n`);
  put('/etc/hosts', `127.0.0.1 localhost\n${node.hosts.map((line) => `${line}\n`).join('')}`);
  put('/etc/ssl/private/stackato.key', 'model key\n', 0o600);
  put('/etc/ssl/certs/stackato.crt', 'model certificate\n');
}

/** What a node mounts at boot; with folders instead of disks, their step counts as done. */
function putDisks({ folder, put }: Layer, folders: readonly string[] | undefined): void {
  const binds = (folders ?? []).map((path) => `${path} ${path} none bind 0 0\n`);
  put('/etc/fstab', `# made by the image\n${binds.join('')}`);
  for (const path of folders ?? []) folder(path);
  if (folders) put('/var/lib/stackato-node/done/disk', '');
}

/** The image's upstart job and tools. */
function putUpstart({ put }: Layer): void {
  put('/etc/init/stackato.conf', 'start on runlevel [2345]\nscript\n  su - stackato -c "kato start"\nend script\n');
  put('/usr/sbin/reboot', '#!/bin/sh\nsync\nkill -USR1 1\n', 0o755);
  put(
    '/usr/sbin/shutdown',
    '#!/bin/sh\ncase " $* " in *" -r "*) exec /usr/sbin/reboot ;; esac\necho "shutdown: only -r is modelled" >&2\nexit 1\n',
    0o755,
  );
  // Upstart's status command, which scripts use for the product's job (4.3-4, M).
  put(
    '/usr/sbin/status',
    '#!/bin/sh\nif [ -S /home/stackato/.kato-model/control.sock ]; then echo "$1 start/running"; else echo "$1 stop/waiting"; fi\n',
    0o755,
  );
}

/** Our own programs, and the model's in place of the product's. */
function putPrograms({ folder, put }: Layer, patience: number): void {
  put(`${programs}/node`, '', 0o755);
  put(`${programs}/patience`, String(patience));
  for (const path of ['lib', 'node_modules/yaml']) folder(`${programs}/${path}`);
  for (const name of ['kato', 'supervisorctl', 'stop-supervisord', 'start-supervisord', 'stackato']) {
    const wrapper = `#!/bin/sh\nexec ${programs}/node ${programs}/lib/model/main.js ${name} "$@"\n`;
    put(`${home}/bin/${name}`, wrapper, 0o755);
  }
}

function putProduct({ put }: Layer, node: ImageNode): void {
  put(`${home}/.profile`, 'PATH=/home/stackato/bin:$PATH\nSTACKATO_LOGIN=1\nexport PATH STACKATO_LOGIN\n');
  put(`${home}/stackato/VERSION`, `${node.version}\n`);
  put(`${home}/stackato/etc/kato/role_groups.yml`, groupsText());
  put(`${home}/stackato/etc/firstboot/tasks/05-wait-for-config-redis.sh`, '#!/bin/sh\nTIMEOUT=90\n', 0o755);
  put(`${home}/.kato-model/settings.json`, JSON.stringify(node.pace));
}

/** Made by the node at first boot: its own pair (17, H). */
function putKeys({ folder, put }: Layer, name: string): void {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  folder(`${home}/.ssh`, 0o700);
  put(`${home}/.ssh/id_rsa`, privateKey, 0o600);
  put(`${home}/.ssh/id_rsa.pub`, `ssh-rsa ${publicBody(privateKey)} stackato@${name}\n`);
}

/** Folders of services and droplets. */
const dataRoot = (version: string) => (productOf(version).storePort === 8046 ? '/var/vcap' : '/var/stackato');

function putData({ folder }: Layer, version: string): void {
  folder(`${home}/stackato/data`);
  for (const path of ['services', 'shared', 'data']) folder(`${dataRoot(version)}/${path}`);
}

/** A file's text, if this user may read it: only root can read shadow. */
function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function groupsText(): string {
  return Object.entries(shippedGroups)
    .map(([name, list]) => `${name}:\n${list.map((role) => `  - ${role}\n`).join('')}`)
    .join('');
}

function give(path: string): void {
  chownSync(path, stackato.uid, stackato.gid);
  if (lstatSync(path).isDirectory()) for (const name of readdirSync(path)) give(join(path, name));
}
