import { ToolError } from '../../base/input';

/** A call, and the values that its failure must not show. */
export interface FailedCall {
  /** `ec2 DescribeVpcs (us-west-2)`. */
  readonly what: string;
  /** Its endpoint. */
  readonly to: string;
  /** Values that no message may contain. */
  readonly secrets: readonly string[];
  readonly interrupted: boolean;
}

/** The part of a library's error that we show. */
interface Thrown {
  readonly name?: string;
  readonly message?: string;
  /** The system's code for a failed connection. */
  readonly code?: string;
  /** AWS's code, if the library uses another name. */
  readonly Code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** The error of a failed call, with AWS's code and message: `… was refused: UnauthorizedOperation`. */
export function callFailure(error: unknown, { what, to, secrets, interrupted }: FailedCall): ToolError {
  if (error instanceof ToolError) return error;
  if (interrupted) return new ToolError(`${what} was interrupted`);
  const { name, message, code, Code, $metadata } = error as Thrown;
  const said = withoutSecrets(firstLine(message || code || String(error)), secrets);
  const status = $metadata?.httpStatusCode;
  if (status === undefined) return new ToolError(`${what} got no answer from ${to}`, undefined, said);
  const known = '$fault' in (error as object) && name !== 'Unknown';
  return new ToolError(`${what} was refused: ${known ? (Code ?? name) : `HTTP ${status}`}`, undefined, said);
}

/** When a signature does not match, further lines of AWS's message repeat what was signed, with the session token. */
function firstLine(message: string): string {
  return message.split('\n')[0]!.slice(0, 1000);
}

function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}
