import { InputError } from '../base/input';
import type { NodeAddress } from '../topology/manifest';
import type { SshPlace } from './ssh-config';

const CORE = 'core';
/** No node can have this name: it contains a character that node names cannot have. */
const VIA = 'via_host';

/**
 * Where ssh finds the nodes of a cluster: the core at its public address, the others through it; or all of them at their
 * private addresses through `via` (`[user@]host[:port]`).
 * @throws InputError when `via` is not such a host
 */
export function sshPlaces(
  cluster: string,
  addresses: Readonly<Record<string, NodeAddress>>,
  via?: string,
): Readonly<Record<string, SshPlace>> {
  const through = via === undefined ? CORE : VIA;
  const places = Object.entries(addresses).map(([node, { machine, inside, outside }]): [string, SshPlace] => {
    const alias = `stackato-${cluster}-${node}-${machine}`;
    if (node === through) return [node, { host: outside ?? inside, alias }];
    return [node, { host: inside, alias, through }];
  });
  return Object.fromEntries(via === undefined ? places : [[VIA, viaPlace(via)], ...places]);
}

function viaPlace(via: string): SshPlace {
  const [, user, host, port] = /^(?:([\w.-]+)@)?([\w.-]+)(?::(\d{1,5}))?$/.exec(via) ?? [];
  if (host === undefined || host.startsWith('-') || user?.startsWith('-')) {
    const message = 'must be a host such as bastion.example.com, or [user@]host[:port]';
    throw new InputError('--via', [{ path: via, message, rule: 'shape' }]);
  }
  return { host, alias: host, ...(user ? { user } : {}), ...(port ? { port: Number(port) } : {}) };
}
