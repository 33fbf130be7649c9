import { z } from 'zod';
import {
  cidr,
  email,
  gib,
  hostname,
  label,
  parseCidr,
  secretPrefix,
  secretRef,
  text,
  wholeNumber,
  words,
} from './fields';

const uuid = (what: string) =>
  text(what).regex(/^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\$\{.*\})$/, { error: `must be ${what}: a UUID` });
const address = (what: string) =>
  text(what).refine((t) => t.includes('${') || parseCidr(`${t}/32`) !== undefined, {
    error: `must be ${what}: an IPv4 address`,
  });
const imageName = text('the name or the id of an image');

/** The place of an external database; known at synthesis, because boot scripts contain it. */
export const databasePlace = z.strictObject({
  host: text('a host name or address')
    .regex(/^[A-Za-z0-9._:-]+$/, { error: 'must be a host name or address, for example mysql.example.com' })
    .describe('host name or address of the server'),
  port: wholeNumber(1, 65535).optional().describe('port; default: that of the engine'),
  user: words('a user name').default('stackato').describe('user with the rights of an administrator'),
  password: secretRef.describe('name of the secret that holds the password'),
});

/** The settings of OpenStack: the declaration's `clouds.openstack`. */
export const openstackSchema = z.strictObject({
  authUrl: z
    .string()
    // the boot script contains it, between quotes
    .regex(/^https?:\/\/[^\s'"\\$]+$/, { error: 'must be a URL such as https://cloud.example.com:5000/v3' })
    .optional()
    .describe('address of Keystone; default: OS_AUTH_URL of the environment, or the entry of clouds.yaml'),
  cloud: text('the name of an entry of clouds.yaml')
    .optional()
    .describe('entry of clouds.yaml with the credentials; default: OS_CLOUD or other variables of the environment'),
  region: text('a region such as RegionOne')
    // known at synthesis, because boot scripts contain it, between quotes
    .regex(/^[^'"\\\n$]+$/, { error: 'must be a region such as RegionOne' })
    .default('RegionOne')
    .describe('OpenStack region'),
  zones: z
    .array(text('an availability zone such as nova'))
    .min(1, { error: 'must name at least one availability zone' })
    .max(6, { error: 'must name at most 6 zones' })
    .default(['nova'])
    .describe(
      "Nova's availability zones; nodes are spread over them, the core is in the first; another order moves nothing",
    ),
  image: z
    .union(
      [
        imageName,
        z.strictObject({
          name: imageName.describe('name or id of the image'),
          rootGib: gib(10, 16384)
            .optional()
            .describe("size of a boot volume, GiB; default: none, boots from the flavor's disk"),
        }),
      ],
      { error: 'must be the name or the id of an image, or { name, rootGib }' },
    )
    .describe('the image with the product'),
  images: z
    .record(z.string(), imageName)
    .default({})
    .describe('separate image for a pool or the core; only a change here rebuilds the core and nodes that keep data'),
  keyName: text('the name of a key pair').optional().describe('key pair for logins; default: none, or publicKey'),
  publicKey: text('a public key')
    .regex(/^(ssh|ecdsa)-\S+ \S+/, { error: 'must be a public key as in ~/.ssh/id_rsa.pub' })
    .optional()
    .describe('public key of a new key pair, instead of keyName'),
  flavors: z
    .record(z.string(), text('the name of a flavor such as m1.large'))
    .default({})
    .describe('flavor by size word; adds to and overrides the default table'),
  network: z
    .union(
      [
        z.strictObject({
          cidr: cidr.default('10.0.0.0/16').describe('network of all nodes'),
          externalNetwork: text('the name or the id of an external network').describe('external network of its router'),
          dnsServers: z
            .array(address('a name server'))
            .default([])
            .describe('name servers; default: those of the cloud'),
        }),
        z.strictObject({
          networkId: uuid('a network').describe('existing network: a tenant network or a provider network'),
          subnetId: uuid('a subnet').describe('its subnet'),
          coreAddress: address("the core's fixed address")
            .optional()
            .describe(
              "the core's fixed address, in the subnet; default: Neutron chooses it, required in a network of another project",
            ),
          externalNetwork: text('the name or the id of an external network')
            .optional()
            .describe('source of floating addresses; default: none, clients reach nodes at their own addresses'),
        }),
      ],
      {
        error: 'must be { externalNetwork, cidr } for a new network, or { networkId, subnetId } for an existing one',
      },
    )
    .describe('a new network, or an existing one'),
  sshFrom: z
    .array(cidr)
    .default([])
    .describe('networks that may log in to the core and the world-facing nodes; default: none'),
  volumeType: text('a volume type').optional().describe('Cinder type of volumes; default: that of the cloud'),
  volumeZone: text('an availability zone')
    .optional()
    .describe("Cinder's availability zone; default: that of the cloud"),
  antiAffinity: z
    .enum(['soft', 'hard', 'none'], { error: 'must be soft, hard or none' })
    .default('soft')
    .describe('whether nodes of a pool run on different hosts: soft = if possible, hard = always, none = any host'),
  configDrive: z
    .boolean({ error: 'must be true or false' })
    .default(true)
    .describe('whether nodes have a config drive with their user data'),
  loadBalancer: z
    .boolean({ error: 'must be true or false' })
    .default(false)
    .describe('whether one Octavia balancer receives the traffic for all world-facing nodes'),
  dns: z
    .union(
      [
        z.strictObject({ zoneId: text('the id of a zone').describe('zone that holds the hostname') }),
        z.strictObject({
          zone: hostname.describe('zone to create: the hostname or a parent of it'),
          email: email.describe('e-mail address of its administrator'),
        }),
      ],
      { error: 'must be { zoneId } for an existing zone, or { zone, email } for a new one' },
    )
    .optional()
    .describe('creates the DNS records of the hostname and of all names below it; default: none, create them by hand'),
  databases: z
    .record(label, databasePlace)
    .default({})
    .describe('place of each declared database: OpenStack has no managed databases'),
  secrets: z
    .enum(['ssh', 'barbican'], { error: 'must be ssh or barbican' })
    .default('ssh')
    .describe(
      'ssh: an operator delivers every secret to the nodes; barbican: an operator delivers one application credential, and nodes read the other secrets from Barbican',
    ),
  secretPrefix: secretPrefix
    .optional()
    .describe('prefix of the names of its secrets in Barbican; default: stackato/<cluster>/'),
  tags: z
    // the keys of metadata that Nova accepts (schema of its API)
    .record(
      z.string().regex(/^[a-zA-Z0-9_:. -]+$/, { error: 'must be letters, digits, blanks and _ : . -' }),
      z.string({ error: 'must be text' }),
    )
    .default({})
    .refine((tags) => Object.entries(tags).every(([key, value]) => /^[^,/]{1,60}$/.test(`${key}=${value}`)), {
      error: 'must be short: key and value together at most 59 characters, without commas and slashes',
    })
    .describe('tags of all created resources'),
});

/** The settings of OpenStack with all defaults. */
export type OpenstackCloud = z.output<typeof openstackSchema>;

/** Flavors by size word: Nova's default flavors until 2016, which most clouds still have. */
export const FLAVORS: Readonly<Record<string, string>> = {
  small: 'm1.small',
  medium: 'm1.medium',
  large: 'm1.large',
  xlarge: 'm1.xlarge',
};
