import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { type AwsApi, awsApi, objects, text } from '../cloud-api/aws/api';
import { assertPractice } from '../cloud-api/environment';

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
  assertPractice(env);
  const api = awsApi({ region: request.region, env, signal });
  const keyNames = missing(request.keyNames, await knownKeys(api));
  for (const name of keyNames) await api.ec2('ImportKeyPair', { KeyName: name, PublicKeyMaterial: publicKey() });
  const secrets = missing(request.secrets, await knownSecrets(api));
  for (const name of secrets) {
    const body = { Name: name, SecretString: randomBytes(24).toString('base64url'), ClientRequestToken: token() };
    await api.json('secretsmanager', 'secretsmanager.CreateSecret', body);
  }
  return { keyNames, secrets };
}

function missing(wanted: readonly string[], known: ReadonlySet<string>): string[] {
  return [...new Set(wanted)].filter((name) => !known.has(name)).sort();
}

async function knownKeys(api: AwsApi): Promise<Set<string>> {
  const answer = await api.ec2('DescribeKeyPairs');
  return new Set(objects(answer['keySet']).map((key) => text(key['keyName'])));
}

async function knownSecrets(api: AwsApi): Promise<Set<string>> {
  const names = new Set<string>();
  let next: unknown;
  do {
    const body = { MaxResults: 100, ...(next ? { NextToken: next } : {}) };
    const page = await api.json('secretsmanager', 'secretsmanager.ListSecrets', body);
    for (const secret of (page['SecretList'] ?? []) as readonly { Name?: string }[]) names.add(secret.Name ?? '');
    next = page['NextToken'];
  } while (next);
  return names;
}

/** The public half of a fresh key, as OpenSSH writes it, in base64; nobody keeps the other half: nothing boots here. */
function publicKey(): string {
  const { x = '' } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  const parts = [Buffer.from('ssh-ed25519'), Buffer.from(x, 'base64url')].flatMap((part) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    return [length, part];
  });
  return Buffer.from(`ssh-ed25519 ${Buffer.concat(parts).toString('base64')} practice`).toString('base64');
}

function token(): string {
  return randomBytes(16).toString('hex');
}
