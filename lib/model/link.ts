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

/** What the last answers of the core told. */
interface Contact {
  /** When the core answered last, or since when it is looked for. */
  seen: number;
  up: boolean;
  lost: boolean;
  /** Of the nodes that the core told last. */
  revision: number;
  peers: Peers;
  tries: ReadonlyMap<number, string | undefined>;
}

const noContact = (): Contact => ({
  seen: Date.now(),
  up: false,
  lost: false,
  revision: -1,
  peers: {},
  tries: new Map(),
});

/** Keeps in touch with the core, where the node has one: its config store and its message bus must answer. */
export function makeLink(
  place: Place,
  product: () => Product,
  core: () => string | undefined,
  onLost: () => void,
): Link {
  let contact = noContact();
  let going: Promise<void> | undefined;
  const attempt = async (host: string): Promise<void> => {
    const now = contact;
    const call = await callCore(place, host, product().storePort, now.revision);
    // Renewed meanwhile: this answer is of another life.
    if (now === contact) note(now, call, place.settings.away, onLost);
  };
  return {
    up: () => contact.up,
    lost: () => contact.lost,
    peers: () => contact.peers,
    tries: () => contact.tries,
    beat() {
      const host = core();
      if (host === undefined) return Promise.resolve();
      going ??= attempt(host).finally(() => {
        going = undefined;
      });
      return going;
    },
    renew() {
      going = undefined;
      contact = noContact();
    },
  };
}

/** What the core's ports said: of each why it did not answer, and the news of its nodes. */
interface Call {
  readonly tries: Contact['tries'];
  readonly news?: News;
}

interface News {
  readonly revision: number;
  /** Nothing when they are as they were. */
  readonly nodes: Peers | null;
}

async function callCore(place: Place, host: string, storePort: number, known: number): Promise<Call> {
  const at = (port: number) => ({ host, port: place.port(port), from: place.bind });
  const tries = new Map<number, string | undefined>();
  const tried = <T>(port: number, what: Promise<T>): Promise<T | undefined> =>
    what.then(
      (answer) => {
        tries.set(port, undefined);
        return answer;
      },
      (error: Error) => {
        tries.set(port, error.message);
        return undefined;
      },
    );
  const [news] = await Promise.all([
    tried(storePort, ask<News>(at(storePort), { op: 'heartbeat', known })),
    tried(busPort, converse(at(busPort), undefined, 5)),
  ]);
  return { tries, ...(news ? { news } : {}) };
}

function note(contact: Contact, { tries, news }: Call, away: number, onLost: () => void): void {
  contact.tries = tries;
  contact.up = [...tries.values()].every((error) => error === undefined);
  contact.revision = news?.revision ?? contact.revision;
  contact.peers = news?.nodes ?? contact.peers;
  if (contact.up) {
    contact.seen = Date.now();
    contact.lost = false;
  } else if (!contact.lost && Date.now() - contact.seen > away * 1000) {
    contact.lost = true;
    onLost();
  }
}
