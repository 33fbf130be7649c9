import { createHash } from 'node:crypto';
import { Fn, Token } from 'cdktf';
import { gzipSync, strToU8 } from 'fflate';
import { InputError } from '../input';
import { type BootText, renderUserData } from '../kato/render';

/** A pool's user data as a cloud takes it: compressed and in base64, the same for every node of the pool. */
export interface UserData {
  readonly base64: string;
  /** Size of what the node's cloud-init reads, bytes. */
  readonly bytes: number;
  /** Names the boot script in reviews: 16 hexadecimal digits. */
  readonly digest: string;
}

/**
 * Renders and compresses a pool's boot. cloud-init 0.6.3 takes gzip (its own source; H); the library that compresses is
 * pinned, because another release of node might give other bytes and a DEA with other bytes is replaced.
 *
 * Throws `InputError` when it is larger than the cloud's limit.
 */
export function userData(boot: BootText, coreAddress: string, limit: number): UserData {
  const late = Token.isUnresolved(coreAddress) || coreAddress.includes('${');
  const known = renderUserData(boot, { coreAddress: late ? '255.255.255.255' : coreAddress });
  const packed = gzipSync(strToU8(known), { level: 9, mtime: 0 });
  if (packed.length > limit) {
    throw new InputError(boot.title, [
      {
        path: 'boot',
        message: `the boot script has ${packed.length} bytes compressed, the cloud takes ${limit}; shorten the steps of your own roles`,
        rule: 'user-data-size',
      },
    ]);
  }
  return {
    base64: late
      ? Fn.base64gzip(renderUserData(boot, { coreAddress }, escapeTemplate))
      : Buffer.from(packed).toString('base64'),
    bytes: packed.length,
    digest: createHash('sha256').update(known).digest('hex').slice(0, 16),
  };
}

/** Text that Terraform's template language leaves as it is. */
function escapeTemplate(text: string): string {
  return text.replaceAll(/[$%](?=\{)/g, (sign) => sign + sign);
}
