import { knowsAction } from '../kato/commands';
import type { DeclarationRule } from './rule';
import { everyPool, nominalGib } from './spec';

/** Rules over the cluster as a whole: its name, licence and first user. */
export const clusterRules: readonly DeclarationRule[] = [
  {
    id: 'hostname-api',
    severity: 'error',
    explain: 'The endpoint is api.<hostname>; a hostname that begins with api. would result in api.api.<…>.',
    remedy: 'Write the name without api. in front.',
    check: ({ hostname }) =>
      hostname.startsWith('api.')
        ? [{ path: 'hostname', message: `is the endpoint's name; write ${hostname.slice(4)}` }]
        : [],
  },
  {
    id: 'license-version',
    severity: 'error',
    explain: 'kato license exists from 3.4 on (facts §2.4; H).',
    remedy: 'Remove license; in earlier versions kato cannot set the key.',
    check: (spec) =>
      spec.license && !knowsAction(spec.version, 'license-set')
        ? [{ path: 'license', message: `version ${spec.version.text} has no kato license (from 3.4); remove it` }]
        : [],
  },
  {
    id: 'license-memory',
    severity: 'warning',
    explain:
      'Without a licence key a cluster may use 4 GB of memory, with a free key 20 GB (facts §0.1-15; H). It is not public how the product counts: at most the memory of all nodes.',
    remedy: 'Write license: { secret: license }, and write the memory that your key allows as licenseGib.',
    check: (spec) => {
      const total = everyPool(spec).reduce((sum, [, pool]) => sum + pool.count * (nominalGib(pool.size) ?? 0), 0);
      if (total <= spec.licenseGib) return [];
      const without = knowsAction(spec.version, 'license-set')
        ? 'write license: { secret: license } and licenseGib'
        : 'enter a key in the console and write the memory that it allows as licenseGib';
      const key = spec.license ? 'raise licenseGib to what your key allows' : without;
      return [
        {
          path: 'license',
          message: `all nodes have ${total} GiB of memory, but the licence allows ${spec.licenseGib}; ${key}`,
        },
      ];
    },
  },
  {
    id: 'admin-by-hand',
    severity: 'warning',
    explain: 'kato can set up the first user from 2.10 on (facts §2.3; H); earlier versions create it in the console.',
    remedy: 'Leave the declaration as it is; create the first user in the console after the deployment.',
    check: (spec) =>
      knowsAction(spec.version, 'first-user')
        ? []
        : [
            {
              path: 'admin',
              message: `version ${spec.version.text} creates its first user only in the console; do that after the deployment`,
            },
          ],
  },
];
