import { didYouMean } from '../base/input';
import { SIZES } from './clouds';
import type { DeclarationRule } from './rule';
import { type ClusterSpec, everyPool } from './spec';

/** Rules over settings of a cloud that refer to pools, databases and names of the cluster. */
export const settingsRules: readonly DeclarationRule[] = [
  {
    id: 'size-unknown',
    severity: 'error',
    explain: 'No machine of the cloud is known for that size word.',
    remedy: 'Write a size from the message, or add yours to instanceTypes, databaseClasses or flavors of the cloud.',
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
            message: `unknown size "${size}"${didYouMean(size, words)}; write one of ${words.join(', ')}, or add it to clouds.${cloud}.${more}`,
          }));
      }),
  },
  {
    id: 'image-unused',
    severity: 'error',
    explain: 'images assigns an image to a pool, or to the core, by name; a misspelt name would have no effect.',
    remedy: 'Correct the name of the pool, or remove the line.',
    check: (spec) => {
      const pools = ['core', ...Object.keys(spec.pools)];
      return Object.entries(spec.clouds).flatMap(([cloud, settings]) =>
        Object.keys(settings?.images ?? {})
          .filter((name) => !pools.includes(name))
          .map((name) => ({
            path: `clouds.${cloud}.images.${name}`,
            message: `unknown pool "${name}"${didYouMean(name, pools)} (declared: ${pools.join(', ')})`,
          })),
      );
    },
  },
  {
    id: 'dns-zone',
    severity: 'error',
    explain:
      'A zone holds only names that end with its own name. Designate refuses others late, after the apply has created everything else.',
    remedy: 'Write the hostname or a parent of it as the zone.',
    check: ({ hostname, clouds: { openstack } }) => {
      const zone = openstack?.dns && 'zone' in openstack.dns ? openstack.dns.zone : undefined;
      return zone === undefined || `.${hostname}`.endsWith(`.${zone}`)
        ? []
        : [{ path: 'clouds.openstack.dns.zone', message: `cannot hold ${hostname}; write it or a parent of it` }];
    },
  },
  {
    id: 'database-missing',
    severity: 'error',
    explain: 'OpenStack has no managed databases: each declared database must already exist.',
    remedy: 'Write its place: clouds: { openstack: { databases: { apps: { host, user, password: { secret: … } } } } }.',
    check: (spec) =>
      Object.keys(spec.clouds.openstack ? spec.databases : {})
        .filter((name) => !Object.hasOwn(spec.clouds.openstack!.databases, name))
        .map((name) => ({
          path: `clouds.openstack.databases.${name}`,
          message: `required: OpenStack has no managed databases; write the place of yours: { host, user, password: { secret: ${name}-password } }`,
        })),
  },
  {
    id: 'database-undeclared',
    severity: 'error',
    explain: 'The settings name the place of a database that the cluster does not have.',
    remedy: 'Declare it below databases, or correct its name.',
    check: (spec) =>
      Object.keys(spec.clouds.openstack?.databases ?? {})
        .filter((name) => !Object.hasOwn(spec.databases, name))
        .map((name) => ({
          path: `clouds.openstack.databases.${name}`,
          message: `unknown database "${name}"${didYouMean(name, Object.keys(spec.databases))}; declare it in databases, or remove it`,
        })),
  },
  {
    id: 'carrier-address',
    severity: 'error',
    explain: 'Nodes read Barbican themselves and need the address of Keystone; they do not have your environment.',
    remedy: 'Write authUrl, an address that nodes can reach. Or write secrets: ssh.',
    check: ({ clouds: { openstack } }) =>
      openstack?.secrets === 'barbican' && !openstack.authUrl
        ? [
            {
              path: 'clouds.openstack.authUrl',
              message: 'required: nodes need the address of Keystone to read Barbican; write it',
            },
          ]
        : [],
  },
  {
    id: 'key-twice',
    severity: 'error',
    explain: 'A server has one key pair: an existing one (keyName), or a new one (publicKey).',
    remedy: 'Remove one of the two.',
    check: ({ clouds: { openstack } }) =>
      openstack?.keyName && openstack.publicKey
        ? [
            {
              path: 'clouds.openstack.publicKey',
              message: 'keyName already names a key pair; remove one of them',
            },
          ]
        : [],
  },
];

const databasesOf = (spec: ClusterSpec) =>
  Object.entries(spec.databases).map(([name, database]) => [`databases.${name}`, database] as const);
