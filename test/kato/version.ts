import { type KatoVersion, parseVersion } from '../../lib/kato/version';

/** The version, which must be one. */
export function version(text: string): KatoVersion {
  const parsed = parseVersion(text);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed;
}
