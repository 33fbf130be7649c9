import { ToolError } from '../../base/input';

/** What a call was, and who is not to be named when it fails. */
export interface FailedCall {
  /** `ec2 DescribeVpcs (us-west-2)`. */
  readonly what: string;
  /** Whom it went to. */
  readonly to: string;
  /** Values that no message may hold. */
  readonly secrets: readonly string[];
  readonly interrupted: boolean;
}

/** What AWS's library throws, as far as it is told. */
interface Thrown {
  readonly name?: string;
  readonly message?: string;
  /** The system's, of a connection that failed. */
  readonly code?: string;
  /** AWS's own, where the library gives it another name. */
  readonly Code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** A failed call in our words, with AWS's code and sentence: `… was refused: UnauthorizedOperation`. */
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

/** Of a signature that does not match, AWS repeats in further lines what was signed: the session's token too. */
function firstLine(message: string): string {
  return message.split('\n')[0]!.slice(0, 1000);
}

function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}
