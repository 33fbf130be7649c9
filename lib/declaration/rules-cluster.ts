import { knowsAction } from '../kato/commands';
import type { DeclarationRule } from './rule';
import { everyPool, nominalGib } from './spec';

/** Rules over the cluster as a whole: its name, licence and first user. */
export const clusterRules: readonly DeclarationRule[] = [
  {
    id: 'hostname-api',
    severity: 'error',
    explain: 'The endpoint is api.<hostname>; a hostname that begins with api. would give api.api.<…>.',
    remedy: 'Write the name without its api. in front.',
    check: ({ hostname }) =>
      hostname.startsWith('api.')
        ? [{ path: 'hostname', message: `is the endpoint's name; write ${hostname.slice(4)}` }]
        : [],
  },
  {
    id: 'license-version',
    severity: 'error',
    explain: 'kato license exists from 3.4 on (facts §2.4; H).',
    remedy: 'Remove license; such versions take no key by kato.',
    check: (spec) =>
      spec.license && !knowsAction(spec.version, 'license-set')
        ? [{ path: 'license', message: `version ${spec.version.text} has no kato license (from 3.4); remove it` }]
        : [],
  },
  {
    id: 'license-memory',
    severity: 'warning',
    explain:
      'Without a licence key a cluster may use 4 GB of memory, with a free one 20 (facts §0.1-15; H). How the product counts is not public: at most the memory of all nodes.',
    remedy: 'Write license: { secret: license } and the memory that your key allows as licenseGib.',
    check: (spec) => {
      const total = everyPool(spec).reduce((sum, [, pool]) => sum + pool.count * (nominalGib(pool.size) ?? 0), 0);
      if (total <= spec.licenseGib) return [];
      const without = knowsAction(spec.version, 'license-set')
        ? 'write license: { secret: license } and licenseGib'
        : 'write as licenseGib what the key allows that you give to the console';
      const key = spec.license ? 'raise licenseGib to what your key allows' : without;
      return [
        {
          path: 'license',
          message: `all nodes have ${total} GiB of memory, the licence allows ${spec.licenseGib}; ${key}`,
        },
      ];
    },
  },
  {
    id: 'admin-by-hand',
    severity: 'warning',
    explain: 'kato can set up the first user from 2.10 on (facts §2.3; H); earlier versions ask in the console.',
    remedy: 'Nothing in the declaration; set the first user up in the console after the deployment.',
    check: (spec) =>
      knowsAction(spec.version, 'first-user')
        ? []
        : [
            {
              path: 'admin',
              message: `version ${spec.version.text} sets up its first user in the console only; do that after the deployment`,
            },
          ],
  },
];
