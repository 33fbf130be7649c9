import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { type AwsApi, awsApi } from '../cloud-api/aws/api';

export interface SeedRequest {
  readonly region: string;
  /** EC2 key pairs that the cluster names. */
  readonly keyNames: readonly string[];
  /** Secrets in Secrets Manager that an operator would create. */
  readonly secrets: readonly string[];
}

export interface Seeded {
  readonly keyNames: readonly string[];
  readonly secrets: readonly string[];
}

/**
 * Makes the missing key pairs and secrets that an operator has before a first deployment; returns what was made. Values
 * are random and never shown. `env` is that of the practice cloud.
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

/** The public half of a new key in OpenSSH's format; the private half is discarded, since nothing boots here. */
function publicKey(): Buffer {
  const { x = '' } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  const parts = [Buffer.from('ssh-ed25519'), Buffer.from(x, 'base64url')].flatMap((part) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    return [length, part];
  });
  return Buffer.from(`ssh-ed25519 ${Buffer.concat(parts).toString('base64')} practice`);
}
