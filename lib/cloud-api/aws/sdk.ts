import { ToolError } from '../../base/input';

/** AWS's libraries, once loaded. */
export interface AwsSdk {
  readonly ec2: typeof import('@aws-sdk/client-ec2');
  readonly rds: typeof import('@aws-sdk/client-rds');
  readonly secrets: typeof import('@aws-sdk/client-secrets-manager');
  readonly credentials: typeof import('@aws-sdk/credential-providers');
}

/** The actions of a library: `DescribeVpcs` if it exports `DescribeVpcsCommand`. */
type Action<Sdk> = { [K in keyof Sdk]: K extends `${infer A}Command` ? A : never }[keyof Sdk];

/** An action's command object. */
type Command<Sdk, A extends string> = Sdk extends { readonly [K in `${A}Command`]: new (...all: never) => infer C }
  ? C
  : never;
type Input<Sdk, A extends string> = Command<Sdk, A> extends { readonly input: infer I } ? I : never;
type Answer<C> = C extends {
  resolveMiddleware(...all: never): (...all: never) => Promise<{ readonly output: infer O }>;
}
  ? O
  : never;

/** Calls of a service, with the names and types of its library. */
export type AwsCalls<Sdk> = <A extends Action<Sdk>>(
  action: A,
  input: Input<Sdk, A>,
) => Promise<Answer<Command<Sdk, A>>>;

const NAMES: Readonly<Record<keyof AwsSdk, string>> = {
  ec2: '@aws-sdk/client-ec2',
  rds: '@aws-sdk/client-rds',
  secrets: '@aws-sdk/client-secrets-manager',
  credentials: '@aws-sdk/credential-providers',
};

/** Loads one of the libraries; call it as late as possible: EC2's alone takes a third of a second. */
export function awsSdk<K extends keyof AwsSdk>(part: K): AwsSdk[K] {
  return require(NAMES[part]) as AwsSdk[K];
}

/** Names libraries that are not installed; they are optional, since most commands need none. */
export function sdkMissing(): ToolError | undefined {
  const missing = Object.values(NAMES).filter((name) => !installed(name));
  if (missing.length === 0) return undefined;
  const what = missing.length === 1 ? 'library of AWS is' : 'libraries of AWS are';
  return new ToolError(`${missing.length} ${what} not installed`, `npm install ${missing.join(' ')}`);
}

function installed(name: string): boolean {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}

/** Suppresses a library's warning of an old Node: its release is chosen by us, or by the user's project. */
export const QUIET = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' } as const;
