import { InputError, zodProblems } from '../base/input';
import { databasePlace } from '../declaration/clouds-openstack';
import type { Carrier } from '../kato/render';
import type { DeliveredFile } from '../topology/manifest';
import { CREDENTIAL } from '../topology/manifest';
import type { Pool } from '../topology/model';
import { holesOf } from '../topology/plan';
import { barbican } from './barbican';
import type { ClusterHandle } from './handle';

type Secrets = Pick<
  ClusterHandle,
  'name' | 'region' | 'secretPrefix' | 'secretCarrier' | 'authUrl' | 'databases' | 'configDrive'
>;

/**
 * How nodes get secrets and other data of the cloud. `ssh`: an operator delivers every secret as a file after the apply,
 * including the files that the core shares; `barbican`: one file with an application credential, by which nodes read the
 * rest.
 * @throws InputError when the handle does not know a database of the plan.
 */
export function carrier(handle: Secrets, plan: Pool): Carrier {
  return {
    zone: { text: zone(handle.configDrive) },
    ...(handle.secretCarrier === 'barbican' ? barbican(handle) : DELIVERED),
    db: { needs: ['get', 'fail'], text: databases(handle, plan) },
  };
}

/**
 * The files that an operator delivers to every node of a pool, in the order of its boot: all secrets that it reads, or the
 * credential by which it reads and writes them.
 */
export function delivered(
  handle: Pick<ClusterHandle, 'secretCarrier' | 'databases'>,
  plan: Pick<Pool, 'boot'>,
): readonly DeliveredFile[] {
  const files = plan.boot.flatMap(({ action }): DeliveredFile[] => {
    if (action.do === 'take') return [{ name: action.name, from: 'core' }];
    return holesOf(action).flatMap((hole): DeliveredFile[] => {
      if (hole.hole === 'secret') return [{ name: hole.name, from: 'operator' }];
      if (hole.hole !== 'database' || hole.attribute !== 'password') return [];
      const name = handle.databases[hole.name]?.password.secret;
      return name === undefined ? [] : [{ name, from: 'operator' }];
    });
  });
  if (handle.secretCarrier === 'barbican') {
    const asks = files.length > 0 || plan.boot.some(({ action }) => action.do === 'share');
    return asks ? [{ name: CREDENTIAL, from: 'operator' }] : [];
  }
  return files.filter((file, i) => files.findIndex((other) => other.name === file.name) === i);
}

/** The folder for delivered secrets: one file each, by name. */
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
  mkdir -p $D/drive && { mountpoint -q $D/drive || mount -r $(blkid -L config-2) $D/drive; } || return
  $PY -c 'import sys,json
print(json.load(sys.stdin)["availability_zone"])' <$D/drive/openstack/latest/meta_data.json
  e=$?; umount $D/drive; return $e
}`;
}

/** The place of each database is known at synthesis; the node fetches only passwords. */
function databases(handle: Secrets, plan: Pool): string {
  const cases = plan.databases.flatMap((name) => {
    const database = handle.databases[name];
    if (!database) {
      const message = `unknown database "${name}"; write its place: { host, port, user, password: { secret } }`;
      throw new InputError(`pool ${plan.name}`, [{ path: `databases.${name}`, message, rule: 'database-missing' }]);
    }
    const { host, port, user, password } = database;
    // a handle from constants was not checked, and this becomes part of a script
    const wrong = databasePlace.safeParse(database).error;
    if (wrong) {
      const problems = zodProblems(wrong, () => Object.keys(databasePlace.shape), database);
      throw new InputError(
        `pool ${plan.name}`,
        problems.map((p) => ({ ...p, path: `databases.${name}.${p.path}` })),
      );
    }
    if (port === undefined) {
      const message = 'its port is unknown; write port: 3306 for mysql, 5432 for postgresql, or your own';
      throw new InputError(`pool ${plan.name}`, [
        { path: `databases.${name}.port`, message, rule: 'database-missing' },
      ]);
    }
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
