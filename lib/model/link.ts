import type { NodeEntry } from './entries';
import type { Place } from './place';
import { busPort } from './roles';
import type { Product } from './version';
import { ask, converse } from './wire';

export type Peers = Readonly<Record<string, Pick<NodeEntry, 'roles'>>>;

/** What a node knows of its core. */
export interface Link {
  /** Whether the core answered last time. */
  readonly up: () => boolean;
  /** Away for longer than processes bear: they give up and do not come back by themselves (13.4, H). */
  readonly lost: () => boolean;
  /** The nodes of the cluster, as the core said last. */
  readonly peers: () => Peers;
  /** The last try of each of the core's ports: nothing when it was reached. */
  readonly tries: () => ReadonlyMap<number, string | undefined>;
  /** Asks now; one at a time. */
  readonly beat: () => Promise<void>;
  /** Another core, or the same anew: the time of waiting starts again. */
  readonly renew: () => void;
}

/** Keeps in touch with the core, where the node has one: its config store and its message bus must answer. */
export function makeLink(
  place: Place,
  product: () => Product,
  core: () => string | undefined,
  onLost: () => void,
): Link {
  let seen = Date.now();
  let up = false;
  let lost = false;
  let revision = -1;
  let peers: Peers = {};
  let tries = new Map<number, string | undefined>();
  let going: Promise<void> | undefined;
  let life = 0;

  const at = (host: string, port: number) => ({ host, port: place.port(port), from: place.bind });
  const attempt = async (host: string): Promise<void> => {
    const began = life;
    const store = product().storePort;
    const outcome = new Map<number, string | undefined>();
    const note = async (port: number, what: Promise<unknown>) => {
      outcome.set(
        port,
        await what.then(
          () => undefined,
          (error: Error) => error.message,
        ),
      );
    };
    const heartbeat = ask<{ revision: number; nodes: Peers | null }>(at(host, store), {
      op: 'heartbeat',
      known: revision,
    });
    await Promise.all([note(store, heartbeat), note(busPort, converse(at(host, busPort), undefined, 5))]);
    if (began !== life) return;
    tries = outcome;
    up = [...outcome.values()].every((error) => error === undefined);
    if (outcome.get(store) === undefined) {
      const answer = await heartbeat;
      revision = answer.revision;
      peers = answer.nodes ?? peers;
    }
    if (up) {
      seen = Date.now();
      lost = false;
    } else if (!lost && Date.now() - seen > place.settings.away * 1000) {
      lost = true;
      onLost();
    }
  };
  return {
    up: () => up,
    lost: () => lost,
    peers: () => peers,
    tries: () => tries,
    beat() {
      const host = core();
      if (host === undefined) return Promise.resolve();
      going ??= attempt(host).finally(() => {
        going = undefined;
      });
      return going;
    },
    renew() {
      life++;
      going = undefined;
      [seen, up, lost, revision, peers, tries] = [Date.now(), false, false, -1, {}, new Map()];
    },
  };
}
