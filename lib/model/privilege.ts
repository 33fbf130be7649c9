import { type Place, readText } from './place';
import { KatoError, type Session } from './session';
import { pause } from './wire';

/** Only root may read sudo's files; a host's first process keeps their NOPASSWD lines here, a second late at most. */
export const sudoView = '/run/stackato-sudoers';

/** Whether sudo lets `stackato` act without a password: a NOPASSWD line for the user or everybody. */
export function passwordless(place: Place): boolean {
  const text = readText(place.root === '' ? sudoView : place.path('/etc/sudoers')) ?? '';
  return text.split('\n').some((line) => /^\s*(stackato|ALL|%sudo|%stackato)\s+.*NOPASSWD:\s*ALL/.test(line));
}

/** Calls sudo as kato does inside: without NOPASSWD it asks for a password, and nobody answers (14, H). */
export async function sudo(session: Session): Promise<void> {
  for (const end = Date.now() + 2500; Date.now() < end; await pause(0.1)) {
    if (passwordless(session.place)) return;
    if (session.place.root !== '') break;
  }
  await askInVain(session);
}

/** A prompt of sudo that nobody answers. */
export async function askInVain(session: Session): Promise<never> {
  session.out('[sudo] password for stackato: ');
  await pause(session.place.settings.hang);
  throw new KatoError('sudo: no password was given');
}

/** kato runs as `stackato` in a login shell, never as root (2.1, H); says what is wrong, or nothing. */
export function wrongUser(uid: number | undefined, login: string | undefined): string | undefined {
  if (uid === 0) return 'must not be run as root; use: su - stackato';
  return login === '1' ? undefined : 'needs a login shell; use: su - stackato';
}
