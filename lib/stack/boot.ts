import type { BootText, Carrier } from '../kato/render';
import type { Step } from '../kato/step';
import { type KatoVersion, parseVersion } from '../kato/version';
import type { Pool } from '../topology/model';
import type { JoinableCluster } from './handle';

/**
 * The boot of a pool's nodes. A renamed pool keeps its first name in the title, since another script would replace nodes
 * that keep no data. Throws a plain Error if the handle has no valid version.
 */
export function bootOf(join: Pick<JoinableCluster, 'name' | 'version'>, plan: Pool, carrier: Carrier): BootText {
  return {
    title: `${plan.was[0] ?? plan.name} of ${join.name}`,
    version: versionOf(join.version),
    steps: plan.boot,
    carrier,
  };
}

function versionOf(text: string): KatoVersion {
  const version = parseVersion(text);
  if ('problem' in version) throw new Error(version.problem);
  return version;
}

/** Names under which the core shares files with other nodes at boot. */
export const shared = (boot: readonly Step[]): readonly string[] =>
  boot.flatMap((s) => (s.action.do === 'share' ? [s.action.name] : []));

/** Names of the shared files that a node takes from the core. */
export const taken = (boot: readonly Step[]): readonly string[] =>
  boot.flatMap((s) => (s.action.do === 'take' ? [s.action.name] : []));
