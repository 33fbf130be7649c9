import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { didYouMean, InputError, type Problem } from '../base/input';

const FAULT_KINDS = ['throttle', 'capacity', 'quota', '500', 'drop', 'drop-after', 'delay'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** One fault: the first rule whose `match` is in a request applies to it, `times` times. */
export interface FaultRule {
  /** Part of `Action=RunInstances POST / <body>`; for JSON services the action is the X-Amz-Target. */
  readonly match: string;
  /**
   * throttle, capacity, quota, 500: refused with AWS's error. drop: connection cut before the call.
   * drop-after: call done, answer lost. delay: answered late.
   */
  readonly kind: FaultKind;
  readonly times: number;
  /** Milliseconds of a delay. @default 5000 */
  readonly ms?: number;
}

export interface FaultState {
  /** With the remaining times. */
  readonly rules: readonly FaultRule[];
  readonly hits: number;
  /** Calls seen, per action. */
  readonly calls: Readonly<Record<string, number>>;
}

/**
 * Reads rules from JSON: one, a list, or `{"rules": […]}`.
 * @throws InputError with all problems
 */
export function parseFaults(text: string): FaultRule[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw problems([{ path: '', message: `not JSON (${(error as Error).message}); write ${EXAMPLE}` }]);
  }
  const inner = value !== null && typeof value === 'object' && 'rules' in value ? value.rules : value;
  const found: { path: string; message: string }[] = [];
  const rules = (Array.isArray(inner) ? inner : [inner]).map((entry: unknown, i): FaultRule => {
    const rule = entry !== null && typeof entry === 'object' ? (entry as Record<string, unknown>) : {};
    const { match, kind, times = 1, ms } = rule;
    const say = (key: string, message: string) => void found.push({ path: `[${i}].${key}`, message });
    if (typeof match !== 'string' || match === '') say('match', 'missing; write for example Action=RunInstances');
    if (!FAULT_KINDS.includes(kind as FaultKind)) {
      say('kind', `unknown${didYouMean(String(kind), FAULT_KINDS)}; write one of ${FAULT_KINDS.join(', ')}`);
    }
    if (!Number.isInteger(times) || Number(times) < 1) say('times', 'not a count; write a whole number from 1');
    if (ms !== undefined && !(Number.isInteger(ms) && Number(ms) >= 0)) say('ms', 'not milliseconds; write a number');
    return {
      match: String(match),
      kind: kind as FaultKind,
      times: Number(times),
      ...(ms === undefined ? {} : { ms: Number(ms) }),
    };
  });
  if (found.length > 0) throw problems(found);
  return rules;
}

const EXAMPLE = '{"match":"Action=RunInstances","kind":"capacity","times":2}';

function problems(found: readonly { path: string; message: string }[]): InputError {
  return new InputError(
    'faults',
    found.map((p): Problem => ({ ...p, rule: 'fault-rule' })),
  );
}

/** A reverse proxy in front of the practice cloud; `/__faults` sets (POST), shows (GET) and deletes (DELETE) rules. */
export function faultProxy(upstreamPort: number): Server {
  let rules: { rule: FaultRule; left: number }[] = [];
  let hits = 0;
  let calls: Record<string, number> = {};

  const control = (call: Call, response: ServerResponse) => {
    if (call.method === 'POST') {
      try {
        rules = parseFaults(call.text).map((rule) => ({ rule, left: rule.times }));
      } catch (error) {
        return void response.writeHead(400).end((error as Error).message);
      }
    }
    if (call.method === 'DELETE') [rules, hits, calls] = [[], 0, {}];
    const state: FaultState = { rules: rules.map(({ rule, left }) => ({ ...rule, times: left })), hits, calls };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(state));
  };

  const serve = async (incoming: IncomingMessage, response: ServerResponse) => {
    const call = await readCall(incoming);
    if (call.url === '/__faults') return control(call, response);
    calls[call.action] = (calls[call.action] ?? 0) + 1;
    const hit = rules.find(({ rule, left }) => left > 0 && call.line.includes(rule.match));
    if (hit) {
      hit.left--;
      hits++;
      const refused = refusal(hit.rule.kind, call);
      if (refused) return void response.writeHead(refused.status, { 'content-type': refused.type }).end(refused.body);
      if (hit.rule.kind === 'drop') return void incoming.socket.destroy();
      if (hit.rule.kind === 'delay') await sleep(hit.rule.ms ?? 5000);
    }
    const { method, headers } = incoming;
    const upstream = request({ host: '127.0.0.1', port: upstreamPort, path: call.url, method, headers }, (answer) => {
      if (hit?.rule.kind === 'drop-after') {
        answer.resume();
        answer.once('end', () => incoming.socket.destroy());
        return;
      }
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    upstream.once('error', () => incoming.socket.destroy());
    upstream.end(call.body);
  };
  return createServer((incoming, response) => {
    serve(incoming, response).catch(() => incoming.socket.destroy());
  });
}

interface Call {
  readonly method: string;
  readonly url: string;
  readonly action: string;
  readonly body: Buffer;
  readonly text: string;
  /** The text that `match` is searched in. */
  readonly line: string;
  /** Which of AWS's three error formats it expects. */
  readonly dialect: 'ec2' | 'query' | 'json';
}

async function readCall(incoming: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const text = body.toString('latin1');
  const { method = 'GET', url = '/' } = incoming;
  const target = incoming.headers['x-amz-target'];
  const action = /(?:^|&)Action=(\w+)/.exec(text)?.[1] ?? (target ? String(target) : `${method} ${url}`);
  const dialect = target ? 'json' : text.includes('Version=2016-11-15') ? 'ec2' : 'query';
  return { method, url, action, body, text, line: `Action=${action} ${method} ${url} ${text}`, dialect };
}

function refusal(kind: FaultKind, { dialect }: Call): { status: number; type: string; body: string } | undefined {
  const ec2 = dialect === 'ec2';
  const throttled = ec2 ? 'RequestLimitExceeded' : dialect === 'json' ? 'ThrottlingException' : 'Throttling';
  const words: Partial<Record<FaultKind, readonly [status: number, code: string, message: string]>> = {
    throttle: [ec2 ? 503 : 400, throttled, 'Request limit exceeded.'],
    capacity: [500, 'InsufficientInstanceCapacity', 'We currently do not have sufficient capacity.'],
    quota: [400, 'VcpuLimitExceeded', 'You have requested more vCPU capacity than your current limit.'],
    '500': [500, 'InternalError', 'An internal error has occurred'],
  };
  const said = words[kind];
  if (!said) return undefined;
  const [status, code, message] = said;
  const error = `<Code>${code}</Code><Message>${message}</Message>`;
  if (dialect === 'json') {
    return { status, type: 'application/x-amz-json-1.1', body: JSON.stringify({ __type: code, message }) };
  }
  const body = ec2
    ? `<Response><Errors><Error>${error}</Error></Errors><RequestID>fault</RequestID></Response>`
    : `<ErrorResponse><Error><Type>Sender</Type>${error}</Error><RequestId>fault</RequestId></ErrorResponse>`;
  return { status, type: 'text/xml', body: `<?xml version="1.0"?>${body}` };
}

// started by the lab as a process of its own: fault-proxy.js PORT UPSTREAM-PORT
if (require.main === module) {
  const [port, upstream] = process.argv.slice(2).map(Number);
  faultProxy(upstream!).listen(port, '127.0.0.1');
}
