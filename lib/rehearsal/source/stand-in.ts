import { listen, type StandIn } from './stand-in-server';

type Answer = readonly [status: number, body: unknown];
const missing = (type: string, message: string): Answer => [400, { __type: type, message }];

/** Serves Secrets Manager's GetSecretValue and PutSecretValue and Systems Manager's GetParameter, on loopback. */
export async function standIn(
  secrets: Readonly<Record<string, string | undefined>>,
  parameters: Readonly<Record<string, string>>,
): Promise<StandIn> {
  const values = new Map(Object.entries(secrets));
  const answer = (target: string, body: Record<string, unknown>): Answer => {
    const id = String(body['SecretId'] ?? '');
    switch (target) {
      case 'secretsmanager.GetSecretValue': {
        const value = values.get(id);
        if (value !== undefined) return [200, { Name: id, SecretString: value, VersionId: '1' }];
        const what = values.has(id) ? 'secret value for staging label: AWSCURRENT.' : 'secret.';
        return missing('ResourceNotFoundException', `Secrets Manager can't find the specified ${what}`);
      }
      case 'secretsmanager.PutSecretValue':
        if (!values.has(id))
          return missing('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
        values.set(id, String(body['SecretString']));
        return [200, { Name: id, VersionId: '1' }];
      case 'AmazonSSM.GetParameter': {
        const name = String(body['Name']);
        const value = parameters[name];
        if (value === undefined) return missing('ParameterNotFound', `Parameter ${name} not found.`);
        return [200, { Parameter: { Name: name, Type: 'String', Value: value } }];
      }
      default:
        return missing('UnknownOperationException', `not rehearsed: ${target}`);
    }
  };
  return listen((request, text) => {
    let [status, body]: Answer = missing('SerializationException', 'the body is not JSON');
    try {
      const value = JSON.parse(text) as Record<string, unknown>;
      [status, body] = answer(String(request.headers['x-amz-target'] ?? ''), value);
    } catch {
      // AWS's wording.
    }
    return { status, headers: { 'content-type': 'application/x-amz-json-1.1' }, text: JSON.stringify(body) };
  });
}
