import { didYouMean } from '../base/input';
import { SIZES } from './clouds';
import type { DeclarationRule } from './rule';
import { type ClusterSpec, everyPool } from './spec';

/** Rules over what the settings of a cloud say of pools, databases and names of the cluster. */
export const settingsRules: readonly DeclarationRule[] = [
  {
    id: 'size-unknown',
    severity: 'error',
    explain: 'The cloud has no machine for that size word.',
    remedy:
      'Write a size that the message names, or add yours to instanceTypes, databaseClasses or flavors of the cloud.',
    check: (spec) =>
      SIZES.flatMap(({ cloud, of, known, more }) => {
        const settings = spec.clouds[cloud] as Readonly<Record<string, unknown>> | undefined;
        if (!settings) return [];
        const words = Object.keys({ ...known, ...(settings[more] as Readonly<Record<string, string>>) });
        const wanted = of === 'machines' ? everyPool(spec) : databasesOf(spec);
        return wanted
          .filter(([, { size }]) => !words.includes(size))
          .map(([path, { size }]) => ({
            path: `${path}.size`,
            message: `no machine is known for size "${size}"${didYouMean(size, words)}; write one of ${words.join(', ')}, or add it to clouds.${cloud}.${more}`,
          }));
      }),
  },
  {
    id: 'image-unused',
    severity: 'error',
    explain: 'An image of its own is given to a pool, or to the core, by name; a misspelt one would change nothing.',
    remedy: 'Correct the name of the pool, or remove the line.',
    check: (spec) => {
      const pools = ['core', ...Object.keys(spec.pools)];
      return Object.entries(spec.clouds).flatMap(([cloud, settings]) =>
        Object.keys(settings?.images ?? {})
          .filter((name) => !pools.includes(name))
          .map((name) => ({
            path: `clouds.${cloud}.images.${name}`,
            message: `there is no pool "${name}"${didYouMean(name, pools)} (there: ${pools.join(', ')})`,
          })),
      );
    },
  },
  {
    id: 'dns-zone',
    severity: 'error',
    explain: 'A zone holds names that end with its own; Designate refuses all others, after everything else was made.',
    remedy: 'Write the hostname or a parent of it as the zone.',
    check: ({ hostname, clouds: { openstack } }) => {
      const zone = openstack?.dns && 'zone' in openstack.dns ? openstack.dns.zone : undefined;
      return zone === undefined || `.${hostname}`.endsWith(`.${zone}`)
        ? []
        : [{ path: 'clouds.openstack.dns.zone', message: `does not hold ${hostname}; write it or a parent of it` }];
    },
  },
  {
    id: 'database-missing',
    severity: 'error',
    explain: 'OpenStack has no managed databases: each that is declared must be one that is there.',
    remedy:
      'Write where it is: clouds: { openstack: { databases: { apps: { host, user, password: { secret: … } } } } }.',
    check: (spec) =>
      Object.keys(spec.clouds.openstack ? spec.databases : {})
        .filter((name) => !Object.hasOwn(spec.clouds.openstack!.databases, name))
        .map((name) => ({
          path: `clouds.openstack.databases.${name}`,
          message: `required: OpenStack has no managed databases; write where yours is: { host, user, password: { secret: ${name}-password } }`,
        })),
  },
  {
    id: 'database-undeclared',
    severity: 'error',
    explain: 'It is said where a database is that the cluster does not have.',
    remedy: 'Declare it below databases, or correct its name.',
    check: (spec) =>
      Object.keys(spec.clouds.openstack?.databases ?? {})
        .filter((name) => !Object.hasOwn(spec.databases, name))
        .map((name) => ({
          path: `clouds.openstack.databases.${name}`,
          message: `no database "${name}" is declared${didYouMean(name, Object.keys(spec.databases))}; declare it in databases, or remove it`,
        })),
  },
  {
    id: 'carrier-address',
    severity: 'error',
    explain: 'Nodes read Barbican by themselves and must know where Keystone is; the environment is not theirs.',
    remedy: 'Write authUrl, an address that nodes reach; or secrets: ssh.',
    check: ({ clouds: { openstack } }) =>
      openstack?.secrets === 'barbican' && !openstack.authUrl
        ? [
            {
              path: 'clouds.openstack.authUrl',
              message: 'required: nodes must know where Keystone is to read Barbican; write its address',
            },
          ]
        : [],
  },
  {
    id: 'key-twice',
    severity: 'error',
    explain: 'A server has one key pair: one that is there (keyName), or one that is made of publicKey.',
    remedy: 'Remove one of the two.',
    check: ({ clouds: { openstack } }) =>
      openstack?.keyName && openstack.publicKey
        ? [
            {
              path: 'clouds.openstack.publicKey',
              message: 'keyName names a key pair already; remove one of them',
            },
          ]
        : [],
  },
];

const databasesOf = (spec: ClusterSpec) =>
  Object.entries(spec.databases).map(([name, database]) => [`databases.${name}`, database] as const);
