import { ToolError } from '../../base/input';

/** AWS's own libraries, as they are when they are loaded. */
export interface AwsSdk {
  readonly ec2: typeof import('@aws-sdk/client-ec2');
  readonly rds: typeof import('@aws-sdk/client-rds');
  readonly secrets: typeof import('@aws-sdk/client-secrets-manager');
  readonly credentials: typeof import('@aws-sdk/credential-providers');
}

/** What a library can be asked: `DescribeVpcs` where it exports `DescribeVpcsCommand`. */
type Action<Sdk> = { [K in keyof Sdk]: K extends `${infer A}Command` ? A : never }[keyof Sdk];

/** The command of an action, made. */
type Command<Sdk, A extends string> = Sdk extends { readonly [K in `${A}Command`]: new (...all: never) => infer C }
  ? C
  : never;
type Input<Sdk, A extends string> = Command<Sdk, A> extends { readonly input: infer I } ? I : never;
type Answer<C> = C extends {
  resolveMiddleware(...all: never): (...all: never) => Promise<{ readonly output: infer O }>;
}
  ? O
  : never;

/** Calls of a service, by the names and with the types of its library. */
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

/** Loads one of the libraries, to be called as late as can be: EC2's alone takes a third of a second. */
export function awsSdk<K extends keyof AwsSdk>(part: K): AwsSdk[K] {
  return require(NAMES[part]) as AwsSdk[K];
}

/** Says which libraries are not installed: they are optional, since most commands need none. */
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

/** Keeps a library from telling whoever deploys that Node is old: its release is chosen by us, or by their project. */
export const QUIET = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' } as const;
