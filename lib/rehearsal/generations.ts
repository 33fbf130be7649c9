import { processesOf } from '../model/roles';
import { atLeast, parseVersion, type Version } from '../model/version';
import { readInfo, readNodeList, readStatus } from './verdict';

/** Roles by address, and kato's state of each. */
export interface Shown {
  readonly list: Map<string, string[]>;
  readonly status: Map<string, Map<string, string>>;
}

/**
 * How the core of a version shows its cluster. `kato node list` exists from 2.10.4 on (2.3, H); before, the roles
 * are those of `kato status`, which lists processes before 2.8 (2.2, H): there `kato info` knows the roles (1.5, H).
 */
export async function shownBy(version: string, say: (line: string) => Promise<string>): Promise<Shown> {
  const parsed = parseVersion(version);
  if (!atLeast(parsed, '2.8')) return shownByProcesses(parsed, say);
  const lists = atLeast(parsed, '2.10.4');
  const list = lists ? readNodeList(await say('kato node list')) : undefined;
  const status = readStatus(await say(lists ? 'kato status --all' : 'kato status'));
  const byStatus = new Map([...status].map(([address, roles]) => [address, [...roles.keys()]]));
  return { list: list ?? byStatus, status };
}

/** The state of a role is that of its first process that does not run. */
async function shownByProcesses(version: Version, say: (line: string) => Promise<string>): Promise<Shown> {
  const list = new Map<string, string[]>();
  const status: Shown['status'] = new Map();
  for (const [address, states] of readStatus(await say('kato status'))) {
    const roles = readInfo(await say(`kato info -n ${address}`));
    const stateOf = (role: string): string => {
      const all = processesOf(version, [role]).map(({ name }) => states.get(name) ?? 'STOPPED');
      return all.find((state) => !state.startsWith('RUNNING')) ?? 'READY';
    };
    list.set(address, roles);
    status.set(address, new Map(roles.map((role) => [role, stateOf(role)])));
  }
  return { list, status };
}

/** Roles of a core that were not declared: 2.x prepares droplets in a separate role (1.1, H). */
export function impliedIn(version: string): readonly string[] {
  const parsed = parseVersion(version);
  const names = atLeast(parsed, '2.10.4')
    ? ['base', 'primary', 'controller', 'router']
    : ['base', 'cloud_controller', 'health_manager', 'router'];
  return atLeast(parsed, '3.0') ? names : [...names, 'stager'];
}
