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
  const known = renderUserData(boot, { coreAddress: late ? UNKNOWN : coreAddress });
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
    base64: late ? Fn.base64gzip(filled(known, coreAddress)) : Buffer.from(packed).toString('base64'),
    bytes: packed.length,
    digest: createHash('sha256').update(known).digest('hex').slice(0, 16),
  };
}

/** Stands for an address that Terraform learns later. */
const UNKNOWN = '255.255.255.255';

/** The text with the address that Terraform learns later. In base64, since no quoting of cdktf's survives backslashes and templates. */
function filled(text: string, coreAddress: string): string {
  const literal = (part: string) => Fn.base64decode(Buffer.from(part).toString('base64'));
  const at = text.indexOf(`CORE='${UNKNOWN}'`) + "CORE='".length;
  return Fn.join('', [literal(text.slice(0, at)), coreAddress, literal(text.slice(at + UNKNOWN.length))]);
}
