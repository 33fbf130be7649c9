/** The metadata of one node. */
export interface MetadataNode {
  readonly name: string;
  readonly address: string;
  readonly instanceId: string;
  readonly zone: string;
  /** Base64. */
  readonly userData: string;
  /** Name of the machine's role, if it has one; its credentials are made up. */
  readonly role?: string;
  /** Whether the instance refuses metadata without a token (IMDSv2 only). */
  readonly tokensRequired?: boolean;
}

export interface MetadataAnswer {
  readonly status: number;
  readonly body: Buffer;
}

const token = 'model-metadata-token';

/** Answers like EC2's metadata service; the old cloud-init asks without a token (design §4). */
export function metadataAnswer(
  node: MetadataNode,
  method: string,
  path: string,
  given: string | undefined,
  now: Date,
): MetadataAnswer {
  const say = (body: string | Buffer, status = 200) => ({ status, body: Buffer.from(body) });
  const [, , ...words] = path.split('/');
  const asked = words.filter(Boolean).join('/');
  if (asked === 'api/token') return method === 'PUT' ? say(token) : say('', 405);
  if (given === undefined ? node.tokensRequired : given !== token) return say('', 401);
  if (asked === 'user-data') return node.userData === '' ? say('', 404) : say(Buffer.from(node.userData, 'base64'));
  const leaves = leavesOf(node, now);
  const key = asked.replace(/^meta-data\/?/, '');
  if (asked.startsWith('meta-data/') && key in leaves) return say(leaves[key]!);
  if (asked === '') return say('meta-data\nuser-data');
  if (!asked.startsWith('meta-data')) return say('', 404);
  // A folder lists its children, folders with a slash.
  const prefix = key === '' ? '' : `${key}/`;
  const below = Object.keys(leaves)
    .filter((leaf) => leaf.startsWith(prefix))
    .map((leaf) => leaf.slice(prefix.length));
  const children = [...new Set(below.map((leaf) => leaf.replace(/\/.*/, '/')))];
  return children.length > 0 ? say(children.join('\n')) : say('', 404);
}

function leavesOf(node: MetadataNode, now: Date): Record<string, string> {
  const hour = new Date(now.getTime() + 3_600_000).toISOString().replace(/\.\d+/, '');
  const credentials = {
    Code: 'Success',
    LastUpdated: now.toISOString().replace(/\.\d+/, ''),
    Type: 'AWS-HMAC',
    AccessKeyId: 'ASIAMODELMODELMODEL0',
    SecretAccessKey: 'model',
    Token: 'model',
    Expiration: hour,
  };
  const dashed = `ip-${node.address.replaceAll('.', '-')}`;
  return {
    'ami-id': 'ami-00000000',
    hostname: `${dashed}.ec2.internal`,
    'instance-id': node.instanceId,
    'local-hostname': `${dashed}.ec2.internal`,
    'local-ipv4': node.address,
    'placement/availability-zone': node.zone,
    'placement/region': node.zone.replace(/[a-z]$/, ''),
    'instance-type': 'model',
    ...(node.role === undefined ? {} : { [`iam/security-credentials/${node.role}`]: JSON.stringify(credentials) }),
  };
}
