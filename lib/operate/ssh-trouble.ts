import type { ShellAnswer } from './node-shell';
import { CONNECT_SECONDS, type SshPlace, type SshSettings } from './ssh-config';

/** What ssh's messages mean for an operator. */
export function sshTrouble(said: string, place: SshPlace, settings: SshSettings): ShellAnswer {
  const at = place.port ? `${place.host}:${place.port}` : place.host;
  const user = place.user ?? settings.user;
  if (/IDENTIFICATION HAS CHANGED|Host key verification failed/i.test(said))
    return {
      state: 'refused',
      why: `the host key of ${at} has changed: another machine answers there`,
      next: `if it was rebuilt on purpose, remove the old key: ssh-keygen -R ${place.alias} -f ${settings.knownHosts}`,
    };
  if (/Permission denied|Too many authentication failures/i.test(said))
    return {
      state: 'refused',
      why: `${at} refuses the login of ${user} (${settings.identity ?? 'with the keys of ssh and its agent'})`,
      next: 'name the private key of the cluster’s key pair with --identity, without a passphrase or in an agent; name the login with --user',
    };
  if (/no matching (host key|key exchange|cipher|MAC)|no mutual signature/i.test(said))
    return { state: 'refused', why: `${at} and this ssh have no algorithm in common: ${last(said)}` };
  if (/timed out|timeout/i.test(said)) {
    const seconds = settings.connectSeconds ?? CONNECT_SECONDS;
    return { state: 'unreachable', why: `no answer from ${at} in ${seconds} s (does sshFrom let you in?)` };
  }
  if (/No route to host|Network is unreachable/i.test(said))
    return { state: 'unreachable', why: `there is no route to ${at}` };
  if (/Connection refused/i.test(said)) return { state: 'unreachable', why: `nothing listens at ${at} yet` };
  // said when the jump host got no answer from the target, or the target has just gone
  if (/stdio forwarding failed|open failed|UNKNOWN port|kex_exchange|Connection (closed|reset)/i.test(said))
    return { state: 'unreachable', why: `${at} does not answer yet` };
  return { state: 'unreachable', why: `ssh to ${at}: ${last(said) || 'the connection ended'}` };
}

const last = (said: string) => said.trim().split('\n').at(-1)!.trim();
