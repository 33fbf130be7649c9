import { request as plain } from 'node:http';
import { request as secure } from 'node:https';

export interface HttpCall {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON; bytes are sent unchanged. */
  readonly body?: unknown;
  /** Trusted authorities, in PEM. @default Node's own */
  readonly ca?: Buffer;
  /** Whether every certificate is trusted. */
  readonly insecure?: boolean;
  /** Timeout of the whole call, seconds. */
  readonly seconds: number;
  readonly signal?: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
}

/**
 * One HTTP call with custom authorities, which `fetch` does not support.
 * @throws Error when there is no answer
 */
export function httpCall(url: string, call: HttpCall): Promise<HttpAnswer> {
  const limit = AbortSignal.timeout(call.seconds * 1000);
  const signal = call.signal ? AbortSignal.any([call.signal, limit]) : limit;
  const raw = Buffer.isBuffer(call.body);
  const body =
    call.body === undefined ? undefined : raw ? (call.body as Buffer) : Buffer.from(JSON.stringify(call.body));
  const headers = {
    accept: 'application/json',
    ...(body === undefined ? {} : { 'content-length': String(body.length) }),
    ...(body === undefined ? {} : { 'content-type': raw ? 'application/octet-stream' : 'application/json' }),
    ...call.headers,
  };
  return new Promise((done, failed) => {
    const start = url.startsWith('https:') ? secure : plain;
    const trust = url.startsWith('https:') ? { ca: call.ca, rejectUnauthorized: call.insecure !== true } : {};
    const sent = start(url, { method: call.method, headers, signal, agent: false, ...trust }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.once('error', failed);
      answer.once('end', () =>
        done({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(parts).toString() }),
      );
    });
    sent.once('error', (error) => failed(limit.aborted ? new Error(`no answer in ${call.seconds} s`) : error));
    sent.end(body);
  });
}
