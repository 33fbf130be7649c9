import { InputError } from '../input';
import type { Carrier } from '../kato/render';
import type { Pool } from '../topology/model';
import { barbican } from './barbican';
import type { ClusterHandle } from './handle';

type Secrets = Pick<
  ClusterHandle,
  'name' | 'region' | 'secretPrefix' | 'secretCarrier' | 'authUrl' | 'databases' | 'configDrive'
>;

/**
 * How nodes come by secrets, and by what else they ask the cloud for. `ssh`: an operator delivers each as a file after the
 * apply, also what the core shares; `barbican`: one file with an application credential, all else is read there.
 *
 * Throws `InputError` for a database that the handle does not know.
 */
export function carrier(handle: Secrets, plan: Pool): Carrier {
  return {
    zone: { text: zone(handle.configDrive) },
    ...(handle.secretCarrier === 'barbican' ? barbican(handle) : DELIVERED),
    db: { needs: ['get', 'fail'], text: databases(handle, plan) },
  };
}

/** Where an operator's command puts secrets: a file each, by name. */
const DELIVERED: Carrier = {
  get: {
    text: `get() {
  [ -s $D/secrets/$1 ] && cat $D/secrets/$1 && return
  echo "NotFound: $D/secrets/$1 is not delivered yet" >&2; return 1
}`,
  },
  put: {
    text: `put() { mkdir -p $D/secrets && cp $2 $D/secrets/$1.new && mv $D/secrets/$1.new $D/secrets/$1; }`,
  },
};

/** From the metadata service, else from the config drive, for clouds that have only one of them. */
function zone(configDrive: boolean): string {
  const ask = 'curl -sSf -m 10 http://169.254.169.254/latest/meta-data/placement/availability-zone';
  if (!configDrive) return `zone() { ${ask}; }`;
  return `zone() {
  ${ask} && return
  mkdir -p $D/drive && mount -r $(blkid -L config-2) $D/drive || return
  $PY -c 'import sys,json
print(json.load(sys.stdin)["availability_zone"])' <$D/drive/openstack/latest/meta_data.json
  e=$?; umount $D/drive; return $e
}`;
}

/** Where the databases are is known when the script is written; only passwords are fetched. */
function databases(handle: Secrets, plan: Pool): string {
  const cases = plan.databases.flatMap((name) => {
    const database = handle.databases[name];
    if (!database) {
      const message = `no database "${name}" is known; write where it is: { host, port, user, password: { secret } }`;
      throw new InputError(`pool ${plan.name}`, [{ path: `databases.${name}`, message, rule: 'database-missing' }]);
    }
    const { host, port, user, password } = database;
    return [
      `    '${name} host') echo '${host}';;`,
      `    '${name} port') echo ${port};;`,
      `    '${name} user') echo '${user}';;`,
      `    '${name} managed') echo false;;`,
      `    '${name} password') get ${password.secret} 2>$D/err || fail "waiting for secret ${password.secret}: $(tail -n1 $D/err)";;`,
    ];
  });
  return ['db() {', '  case "$1 $2" in', ...cases, '  esac', '}'].join('\n');
}
