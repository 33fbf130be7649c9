import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { type AwsApi, awsApi } from '../cloud-api/aws/api';

export interface SeedRequest {
  readonly region: string;
  /** EC2 key pairs that the cluster names. */
  readonly keyNames: readonly string[];
  /** Names in Secrets Manager that an operator would have filled. */
  readonly secrets: readonly string[];
}

export interface Seeded {
  readonly keyNames: readonly string[];
  readonly secrets: readonly string[];
}

/**
 * Makes in the practice cloud what an operator has before a first deployment, where it is missing; says what was made.
 * Values are random and shown nowhere. `env` is that of the practice cloud.
 * @throws ToolError when `env` does not lead to this machine, or the practice cloud refuses
 */
export async function seed(request: SeedRequest, env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<Seeded> {
  const api = awsApi({ region: request.region, env, practice: true, signal });
  const keyNames = missing(request.keyNames, await knownKeys(api));
  for (const name of keyNames) await api.ec2('ImportKeyPair', { KeyName: name, PublicKeyMaterial: publicKey() });
  const secrets = missing(request.secrets, await knownSecrets(api));
  for (const name of secrets) {
    await api.secrets('CreateSecret', { Name: name, SecretString: randomBytes(24).toString('base64url') });
  }
  return { keyNames, secrets };
}

function missing(wanted: readonly string[], known: ReadonlySet<string | undefined>): string[] {
  return [...new Set(wanted)].filter((name) => !known.has(name)).sort();
}

async function knownKeys(api: AwsApi): Promise<Set<string | undefined>> {
  const { KeyPairs = [] } = await api.ec2('DescribeKeyPairs', {});
  return new Set(KeyPairs.map(({ KeyName }) => KeyName));
}

async function knownSecrets(api: AwsApi): Promise<Set<string | undefined>> {
  const { SecretList = [] } = await api.secrets('ListSecrets', { MaxResults: 100 });
  return new Set(SecretList.map(({ Name }) => Name));
}

/** The public half of a fresh key, as OpenSSH writes it; nobody keeps the other half: nothing boots here. */
function publicKey(): Buffer {
  const { x = '' } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  const parts = [Buffer.from('ssh-ed25519'), Buffer.from(x, 'base64url')].flatMap((part) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    return [length, part];
  });
  return Buffer.from(`ssh-ed25519 ${Buffer.concat(parts).toString('base64')} practice`);
}
