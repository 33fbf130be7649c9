import { readdirSync } from 'node:fs';
import { type Place, readText } from './place';
import { KatoError, type Session } from './session';
import { pause } from './wire';

/** Whether sudo lets `stackato` act without a password: a NOPASSWD line for the user or everybody. */
function passwordless(place: Place): boolean {
  const folder = place.path('/etc/sudoers.d');
  let extra: string[] = [];
  try {
    // sudo skips names with a dot or a final tilde.
    extra = readdirSync(folder)
      .filter((name) => !/[.]|~$/.test(name))
      .map((name) => `${folder}/${name}`);
  } catch {
    // No such folder: the main file alone counts.
  }
  const text = [place.path('/etc/sudoers'), ...extra].map((file) => readText(file) ?? '').join('\n');
  return text.split('\n').some((line) => /^\s*(stackato|ALL|%sudo|%stackato)\s+.*NOPASSWD:\s*ALL/.test(line));
}

/** Calls sudo as kato does inside: without NOPASSWD it asks for a password, and nobody answers (14, H). */
export async function sudo(session: Session): Promise<void> {
  if (passwordless(session.place)) return;
  session.out('[sudo] password for stackato: ');
  await pause(session.place.settings.hang);
  throw new KatoError('sudo: no password was given');
}
