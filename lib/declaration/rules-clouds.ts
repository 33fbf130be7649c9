import { OWN_NETWORK, ROOM } from './clouds';
import { overlaps, parseCidr } from './fields';
import type { DeclarationRule } from './rule';
import { type ClusterSpec, everyPool } from './spec';

/** Rules over the settings of clouds. */
export const cloudRules: readonly DeclarationRule[] = [
  {
    id: 'network-private',
    severity: 'error',
    explain:
      'Nodes communicate only over private addresses (facts §3.1; H). Docker uses 172.17.0.0/16 for the containers on DEAs (L).',
    remedy: 'Write a network inside 10.0.0.0/8, 172.18.0.0/15 and up to 172.31.255.255, or 192.168.0.0/16.',
    check: (spec) =>
      ownNetworks(spec).flatMap(([cloud, own]) => {
        const path = `${cloud}.network.cidr`;
        if (!PRIVATE.some((p) => p.length <= own.length && overlaps(p, own)))
          return [
            { path, message: 'is not a private network; write one inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16' },
          ];
        return overlaps(DOCKER, own)
          ? [
              {
                path,
                message: 'overlaps 172.17.0.0/16, the network of containers on DEAs; write for example 10.0.0.0/16',
              },
            ]
          : [];
      }),
  },
  {
    id: 'network-size',
    severity: 'error',
    explain:
      'On AWS a new network is divided into a public and a private subnet for each of up to six zones, so it must be a /20 or larger. On OpenStack one subnet serves all zones, so a /26 is enough.',
    remedy: 'Write a /20 or larger (OpenStack: a /26). A later change of the network moves every node.',
    check: (spec) =>
      ownNetworks(spec).flatMap(([path, own, longest]) =>
        own.length > longest
          ? [
              {
                path: `${path}.network.cidr`,
                message: `is too small (/${own.length}); write a /${longest} or larger, for example 10.0.0.0/16`,
              },
            ]
          : [],
      ),
  },
  {
    id: 'network-full',
    severity: 'error',
    explain:
      'Every node needs an address in the network of the cluster. If the addresses run out, the apply fails partway. Balancers and nodes that join from other stacks need addresses too.',
    remedy: 'Before the first deployment, write a larger network, for example 10.0.0.0/16. Or declare fewer nodes.',
    check: (spec) =>
      ownNetworks(spec).flatMap(([path, own, longest, room]) => {
        const nodes = everyPool(spec).reduce((sum, [, { count }]) => sum + count, 0) - 1;
        return own.length > longest || nodes <= room
          ? []
          : [
              {
                path: `${path}.network.cidr`,
                message: `has room for ${room} nodes besides the core, but ${nodes} are declared; write for example 10.0.0.0/16`,
              },
            ];
      }),
  },
  {
    id: 'zones-twice',
    severity: 'error',
    explain: 'Nodes are spread over the zones; a zone listed twice would get two subnets of the same name.',
    remedy: 'Write every zone once. The first one gets the core; no other order moves a deployed node.',
    check: listedTwice('zones'),
  },
  {
    id: 'ssh-twice',
    severity: 'error',
    explain: 'Each network that may log in becomes a firewall rule, and a cloud refuses a duplicate rule.',
    remedy: 'Write every network once.',
    check: listedTwice('sshFrom'),
  },
  {
    id: 'zones-region',
    severity: 'error',
    explain: 'The name of an availability zone begins with the name of its region: us-west-2a is in us-west-2.',
    remedy: 'Write zones of the region, or the region of the zones.',
    check: ({ clouds: { aws } }) =>
      (aws?.zones ?? []).flatMap((zone, i) =>
        zone.includes('${') || (zone.startsWith(aws!.region) && zone !== aws!.region)
          ? []
          : [
              {
                path: `clouds.aws.zones[${i}]`,
                message: `"${zone}" is not in region ${aws!.region}; write for example ${aws!.region}a`,
              },
            ],
      ),
  },
];

/** Duplicates in a list of a cloud. */
function listedTwice(key: 'zones' | 'sshFrom'): DeclarationRule['check'] {
  return (spec) =>
    Object.entries(spec.clouds).flatMap(([cloud, settings]) =>
      [...new Set(settings?.[key].filter((one, i, all) => all.indexOf(one) !== i))].map((one) => ({
        path: `clouds.${cloud}.${key}`,
        message: `${one} is listed twice; write it once`,
      })),
    );
}

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map((c) => parseCidr(c)!);

const DOCKER = parseCidr('172.17.0.0/16')!;

/** New networks, by the path of their cloud. */
function ownNetworks(spec: ClusterSpec) {
  return (Object.keys(OWN_NETWORK) as (keyof typeof OWN_NETWORK)[]).flatMap((cloud) => {
    const settings = spec.clouds[cloud];
    const network = settings?.network;
    const own = network && !('networkId' in network || 'vpcId' in network) ? parseCidr(network.cidr) : undefined;
    const room = own ? ROOM[cloud](own.length, settings!.zones.length) : 0;
    return own ? [[`clouds.${cloud}`, own, OWN_NETWORK[cloud], room] as const] : [];
  });
}
