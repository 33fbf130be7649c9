import { type Diagnostic, spokenName } from './progress';

/** A cloud's error code or an engine message, and its meaning for an operator. */
const CAUSES: readonly (readonly [pattern: RegExp, words: string])[] = [
  [/context canceled/, 'its creation was interrupted; it is in the state, and the next run handles it'],
  [
    /InsufficientInstanceCapacity|No valid host was found/,
    'the cloud has no free machine of this type in this zone now; wait, or choose another size or zone',
  ],
  [
    /InsufficientDBInstanceCapacity/,
    'the cloud has no free database machine of this class in this zone now; wait, or choose another',
  ],
  [
    /VcpuLimitExceeded|InstanceLimitExceeded/,
    'the account has no quota left for machines of this type in this region; ask for more, or choose another size',
  ],
  [/RequestLimitExceeded|Throttling|Rate exceeded/, 'the cloud limits the rate of calls; wait a minute'],
  [/LimitExceeded|QuotaExceeded|Quota exceeded/, 'a quota of the account is used up; free some of it, or ask for more'],
  [/UnauthorizedOperation|AccessDenied|not authorized/, 'these credentials have no permission for this'],
  [
    /ExpiredToken|InvalidClientTokenId|AuthFailure|No valid credential sources/,
    'the credentials are missing, wrong or expired',
  ],
  [
    /InvalidAMIID\.(NotFound|Malformed)/,
    'there is no such image in this region, or it is not shared with this account',
  ],
  [/InvalidKeyPair\.NotFound/, 'there is no key pair of that name in this region'],
  [
    /InvalidIPAddress\.InUse|IP address .* already|already in use/i,
    'the fixed address is taken, perhaps by an orphan of an interrupted run',
  ],
  [
    /InvalidGroup\.Duplicate|AlreadyExists|EntityAlreadyExists|ResourceExistsException/,
    'one of that name exists already, perhaps an orphan of an interrupted run',
  ],
  [/prevent_destroy/, 'it keeps data and is protected; nothing may destroy it'],
  [/DeletionProtection|deletion protection|disableApiTermination/i, 'the cloud protects it from being destroyed'],
  [
    /Error acquiring the state lock/,
    'another run has locked the state; wait until it ends, or see below which one it is',
  ],
  [/DependencyViolation/, 'something outside this stack still uses it'],
  [/InternalError|InternalFailure|StatusCode: 5\d\d/, 'the cloud had an internal error; try again'],
  [/connection refused|connection reset|EOF|no such host|i\/o timeout/, 'the cloud could not be reached'],
];

/** One diagnostic: the resource, its meaning, and the tool's own message below. */
export function causeText(diagnostic: Diagnostic): string {
  const said = `${diagnostic.summary}\n${diagnostic.detail}`;
  const words = CAUSES.find(([pattern]) => pattern.test(said))?.[1];
  // The engine names a protected resource only in its message.
  const address = diagnostic.address ?? /^Resource (\S+) has lifecycle\.prevent_destroy/m.exec(diagnostic.detail)?.[1];
  const where = address ? `${spokenName(address)} (${address})` : 'the stack';
  const own = said
    .trim()
    .split('\n')
    .filter((line) => line.trim())
    .map((line) => `    ${line}`);
  return [`${where}: ${words ?? 'the tool says'}`, ...own].join('\n');
}
