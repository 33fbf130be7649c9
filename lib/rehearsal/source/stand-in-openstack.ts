import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { listen, type StandIn, type StandInAnswer } from './stand-in-server';

/** An application credential, as `openstack application credential create -f json` prints it. */
export interface Credential {
  readonly id: string;
  readonly secret: string;
}

interface Secret {
  readonly id: string;
  readonly name: string;
  readonly payload: string;
}

const TOKEN = 'model-token';

/**
 * Keystone and Barbican in one place, on loopback: a token for the credential, secrets by name, newest first, their
 * payloads, and new ones.
 */
export async function openstackStandIn(
  region: string,
  credential: Credential,
  given: Readonly<Record<string, string>>,
): Promise<StandIn> {
  const secrets = Object.entries(given).map(([name, payload]): Secret => ({ id: randomUUID(), name, payload }));
  let place = '';
  const ref = ({ id, name }: Secret) => ({ name, secret_ref: `${place}/v1/secrets/${id}` });

  const login = (text: string): StandInAnswer => {
    const { auth } = parsed(text) as { auth?: { identity?: { application_credential?: Credential } } };
    const shown = auth?.identity?.application_credential;
    if (shown?.id !== credential.id || shown.secret !== credential.secret) return failed(401, 'Unauthorized');
    const endpoints = [{ interface: 'public', region, url: place }];
    const body = { token: { catalog: [{ type: 'key-manager', endpoints }] } };
    return json(201, body, { 'x-subject-token': TOKEN });
  };
  const store = (text: string): StandInAnswer => {
    const { name, payload } = parsed(text) as Partial<Secret>;
    if (typeof name !== 'string' || typeof payload !== 'string')
      return failed(400, 'a secret has a name and a payload');
    const secret = { id: randomUUID(), name, payload };
    secrets.unshift(secret);
    return json(201, { secret_ref: ref(secret).secret_ref });
  };
  const answer = (request: IncomingMessage, text: string): StandInAnswer => {
    const { pathname, searchParams } = new URL(request.url ?? '/', place);
    const asked = `${request.method} ${pathname}`;
    if (asked === 'POST /v3/auth/tokens') return login(text);
    if (request.headers['x-auth-token'] !== TOKEN) return failed(401, 'Authentication required');
    if (asked === 'POST /v1/secrets') return store(text);
    if (asked === 'GET /v1/secrets') {
      const found = secrets.filter(({ name }) => name === searchParams.get('name')).slice(0, 1);
      return json(200, { secrets: found.map(ref), total: found.length });
    }
    const id = /^GET \/v1\/secrets\/([^/]+)\/payload$/.exec(asked)?.[1];
    const secret = secrets.find((one) => one.id === id);
    if (!secret) return failed(404, `not rehearsed: ${asked}`);
    return { status: 200, headers: { 'content-type': 'text/plain' }, text: secret.payload };
  };
  const server = await listen(answer);
  place = server.endpoint;
  return server;
}

const json = (status: number, body: unknown, more: Readonly<Record<string, string>> = {}): StandInAnswer => ({
  status,
  headers: { 'content-type': 'application/json', ...more },
  text: JSON.stringify(body),
});
const failed = (code: number, title: string) => json(code, { error: { code, title } });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
