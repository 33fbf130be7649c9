import { createHash } from 'node:crypto';
import { Fn, Token } from 'cdktf';
import { gzipSync, strToU8 } from 'fflate';
import { InputError } from '../base/input';
import { type BootText, renderUserData } from '../kato/render';
import { literal } from './literal';

/** A pool's user data, the same for every node of the pool. */
export interface UserData {
  /** In the form that the cloud accepts. */
  readonly text: string;
  /** Size that counts against the cloud's limit, bytes. */
  readonly bytes: number;
  /** Digest of the boot script for reviews: 16 hexadecimal digits. */
  readonly digest: string;
}

/** The form that a cloud accepts: compressed and in base64, or plain text; and its limit in bytes. */
export interface UserDataForm {
  readonly gzip: boolean;
  readonly limit: number;
}

/**
 * Renders a pool's boot, compressed for clouds with a small limit: cloud-init 0.6.3 reads gzip (its own source; H). The
 * compression library is pinned, because another release of node may produce other bytes, and other bytes replace a DEA.
 * @throws InputError when the user data exceeds the cloud's limit.
 */
export function userData(boot: BootText, coreAddress: string, { gzip, limit }: UserDataForm): UserData {
  const late = Token.isUnresolved(coreAddress) || coreAddress.includes('${');
  const known = renderUserData(boot, { coreAddress: late ? UNKNOWN : coreAddress });
  const sent = gzip ? gzipSync(strToU8(known), { level: 6, mtime: 0 }) : strToU8(known);
  if (sent.length > limit) {
    const size = gzip ? `${sent.length} bytes compressed` : `${sent.length} bytes`;
    const message = `the boot script has ${size}, but the limit of the cloud is ${limit}; shorten the values below kato, or the steps of your own roles`;
    throw new InputError(boot.title, [{ path: 'boot', message, rule: 'user-data-size' }]);
  }
  const compressed = () => (late ? Fn.base64gzip(filled(known, coreAddress)) : Buffer.from(sent).toString('base64'));
  return {
    text: gzip ? compressed() : late ? filled(known, coreAddress) : literal(known),
    bytes: sent.length,
    digest: createHash('sha256').update(known).digest('hex').slice(0, 16),
  };
}

/** Placeholder for an address that Terraform learns later. */
const UNKNOWN = '255.255.255.255';

/** The text with the address that Terraform learns later. In base64, because cdktf's quoting breaks backslashes and templates. */
function filled(text: string, coreAddress: string): string {
  const verbatim = (part: string) => Fn.base64decode(Buffer.from(part).toString('base64'));
  const at = text.indexOf(`CORE='${UNKNOWN}'`) + "CORE='".length;
  return Fn.join('', [verbatim(text.slice(0, at)), coreAddress, verbatim(text.slice(at + UNKNOWN.length))]);
}
