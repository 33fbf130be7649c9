import { quote } from '../../base/shell';
import { CLUSTER_CERTIFICATE, CLUSTER_KEY } from '../../kato/boot';
import { ENGINE } from '../../kato/engine';

/** Programs of this machine that a boot script may use: they work on text and on the folder that stands for the node. */
export const REAL = [
  ...[
    'sh',
    'cat',
    'cksum',
    'cut',
    'date',
    'df',
    'awk',
    'head',
    'tail',
    'tr',
    'sed',
    'grep',
    'mkdir',
    'rm',
    'mv',
    'cp',
    'chmod',
  ],
  ...['touch', 'ln', 'readlink', 'sort', 'od', 'wc', 'base64', 'tar', 'gzip'],
];

/** Stubs of the other programs that a boot script calls. `ROOT` is the node's folder, `ME` its address. */
export const STAND_INS: Readonly<Record<string, string>> = {
  su: '[ "$1 $2 $3" = "- stackato -c" ] && exec sh -c "$4"',
  // Ports answer; the address by which a node reaches the core is its own.
  python: 'case "$*" in *getsockname*) echo "$ME";; esac',
  flock: 'case $1 in -o) shift 2; exec "$@";; esac',
  // In the script's process group, which is ended as a whole.
  timeout: 'exec $TIMEOUT "$@"',
  sleep: 'exec "$SLEEP" 0.05',
  reboot: ': >"$ROOT/rebooted"; kill -9 "$(cat "$ROOT/pid")"',
  ...Object.fromEntries(['sync', 'chown', 'mountpoint', 'mount', 'setsid'].map((name) => [name, ':'])),
};

/** The cloud's answers: a value for every secret, what the core shared, addresses of databases, the node's zone. */
const carrier = (zone: string) => `get() {
  if [ -f "$ROOT/../store/$1" ]; then cat "$ROOT/../store/$1"; return; fi
  case $1 in ${CLUSTER_KEY}|${CLUSTER_CERTIFICATE}) echo "NotFound: $1 was not shared" >&2; return 1;; esac
  echo rehearsed
}
put() { cp "$2" "$ROOT/../store/$1"; }
db() { case $2 in host) echo db.example.com;; port) echo 3306;; managed) echo false;; *) echo rehearsed;; esac; }
zone() { echo ${quote(zone)}; }
noted() { echo "$*" >>"$ROOT/ran"; }
`;

// Only whole paths, not the rest of a word or path; the kernel's paths stay.
const absolute = /(?<![\w$}/.*^\\~-])\/(?=[a-z]{2})(?!dev\/(?:null|urandom)|proc\/)/g;

/**
 * A boot script that sees a folder instead of a node: its paths are below `root`, calls to the cloud are answered here, and
 * commands of roles are only recorded. Undefined for a foreign script.
 */
export function aloneScript(
  script: string,
  node: { readonly root: string; readonly zone: string },
): string | undefined {
  if (!script.includes(ENGINE)) return undefined;
  return script
    .replace(/^export PATH=.*$/m, () => `[ "\${1-}" = stage ] || echo $$ >"$ROOT/pid"`)
    .replace(ENGINE, () => `${carrier(node.zone)}${ENGINE}`)
    .replaceAll(/^( {2}doing .+\n {2})(?:asuser )?(?=\S)/gm, '$1noted ')
    .replaceAll('cut -d. -f1 /proc/uptime', 'date +%s')
    .replaceAll('>/dev/console', '>>/dev/console')
    .replaceAll(absolute, () => `${node.root}/`);
}
