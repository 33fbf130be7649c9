import { isIPv4 } from 'node:net';
import type { Call, Command } from '../grammar';
import { KatoError, type Session } from '../session';
import { portOf } from '../tree';
import { pause } from '../wire';
import type { Value } from '../yaml';

/** What concerns this node alone is kept in its own store under `local` (2.1, H that there is such a component). */
const putLocal = (session: Session, path: string, value: Value) =>
  session.supervisor({ op: 'set', component: 'local', path, value, force: true });

/** A static address: asks for it, from 3.2 on takes flags (2.6, H). The machine's network is left alone (L). */
async function staticIp(session: Session, { flags }: Call): Promise<number> {
  const given = ['interface', 'ip', 'netmask', 'gateway'].filter((name) => flags[name] !== undefined);
  if (given.length === 0) {
    session.out('IP address: ');
    await pause(session.place.settings.hang);
    throw new KatoError('no address was given');
  }
  const lacking = ['interface', 'ip', 'netmask', 'gateway'].find((name) => flags[name] === undefined);
  if (lacking) throw new KatoError(`--${lacking} is missing`, 2);
  const wrong = ['ip', 'netmask', 'gateway'].find((name) => !isIPv4(flags[name]!));
  if (wrong) throw new KatoError(`--${wrong} is no address: ${flags[wrong]}`, 2);
  const settings = ['interface', 'ip', 'netmask', 'gateway', 'dns-nameservers', 'dns-search-domains'];
  const value = Object.fromEntries(settings.filter((name) => flags[name]).map((name) => [name, flags[name]!]));
  await putLocal(session, 'network', { mode: 'static', ...value });
  const { mode, mbusip } = await session.report();
  if (mode === 'core' && flags['ip'] !== mbusip)
    session.out(`the address changes with the next start; then: kato node migrate ${mbusip} ${flags['ip']}`);
  return 0;
}

/** The proxy of this DEA: host and port without scheme (2.6, H). */
async function setProxy(session: Session, { args: [target], flags }: Call): Promise<number> {
  if (!/^[\w.-]+:\d+$/.test(target!) || Number.isNaN(portOf(target!.split(':')[1])))
    throw new KatoError(`a proxy is <host:port> without scheme, not ${target}`, 2);
  const names = { user: flags['user'], password: flags['password'], no_proxy: flags['no-proxy'] };
  const rest = Object.fromEntries(Object.entries(names).filter(([, value]) => value !== undefined));
  await putLocal(session, 'upstream_proxy', { address: target!, ...(rest as Record<string, string>) });
  return 0;
}

const text = (name: string) => ({ long: `--${name}`, value: name, since: '3.2' });

export const networkCommands: readonly Command[] = [
  {
    words: 'op static_ip',
    since: '2.8',
    changes: true,
    flags: {
      interface: text('interface'),
      ip: text('ip'),
      netmask: text('netmask'),
      gateway: text('gateway'),
      'dns-nameservers': text('dns-nameservers'),
      'dns-search-domains': text('dns-search-domains'),
      'restart-network': { long: '--restart-network', since: '3.2' },
      'no-restart': { long: '--no-restart', since: '3.0' },
    },
    facts: '2.6 H; the machine keeps its network L',
    run: staticIp,
  },
  {
    words: 'op dhcp',
    since: '2.8',
    changes: true,
    facts: '2.6 H; from 2.8 on, and that the machine keeps its network, L',
    run: async (session) => {
      await putLocal(session, 'network', { mode: 'dhcp' });
      return 0;
    },
  },
  {
    words: 'op upstream_proxy set',
    args: '<host:port>',
    min: 1,
    flags: {
      user: { short: '-u', value: 'user' },
      password: { short: '-p', value: 'password' },
      'no-proxy': { long: '--no-proxy', value: 'list', since: '3.4' },
    },
    since: '2.8',
    changes: true,
    facts: '2.6, 12 H; from 2.8 on L',
    run: setProxy,
  },
  {
    words: 'op upstream_proxy delete',
    since: '2.8',
    changes: true,
    facts: '2.6 H; from 2.8 on L',
    run: async (session) => {
      await session.supervisor({ op: 'del', component: 'local', path: 'upstream_proxy' });
      return 0;
    },
  },
  {
    words: 'op static_ip',
    until: '2.8',
    since: '2.4',
    changes: true,
    facts: '2.6 H: interactive',
    run: staticIp,
  },
];
