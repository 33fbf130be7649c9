import { join } from 'node:path';
import { ToolError } from '../../base/input';
import { spaceOf } from '../host/network';
import { here } from '../host/program';
import type { Hosts } from '../hosts/hosts';
import type { FaultNode, Scene } from './contract';
import { atPower, faultText, type Placed } from './place';

/** The result of a fault at the end of the boots. */
export interface Struck {
  /** Its text for `--fault`. */
  readonly text: string;
  readonly node: string;
  /** Whether it was injected; not if its moment never came. */
  readonly hit: boolean;
  /** Seconds from power on to its moment. */
  readonly at?: number;
  /** Problems afterwards that kato does not report. */
  readonly problem?: string;
}

/** The faults of one rehearsal, and when they hit. */
export interface Strikes {
  /** Nodes that a fault powers on itself. */
  readonly held: ReadonlySet<string>;
  /** Prepares disks and files, then starts the faults before power on; resolves when all are in place. */
  power(): Promise<void>;
  /** Called when a node begins a stage. */
  tell(node: string, stage: string): void;
  /** Waits until temporary faults are healed, ends the lasting ones, and checks. */
  settle(): Promise<void>;
  struck(): Promise<readonly Struck[]>;
  /** Ends everything at once. */
  stop(): Promise<void>;
}

const sleep = (seconds: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, seconds * 1000);
    signal.addEventListener('abort', end, { once: true });
  });

/** Data shared by the faults of one rehearsal. */
interface Course {
  readonly hosts: Hosts;
  readonly nodes: readonly FaultNode[];
  readonly core: string;
  /** The stages that each node has begun. */
  readonly begun: ReadonlyMap<string, Set<string>>;
  readonly held: Set<string>;
  readonly over: AbortController;
  readonly lose: (node: string, why: string) => void;
  /** Time of power on. */
  began: number;
}

/**
 * Prepares the faults of a rehearsal. `lose` ends the boot of a node with a reason.
 * @throws ToolError when a fault needs a program that is not installed
 */
export function makeStrikes(
  hosts: Hosts,
  nodes: readonly FaultNode[],
  core: string,
  placed: readonly Placed[],
  lose: (node: string, why: string) => void,
): Strikes {
  refuseMissing(placed);
  const over = new AbortController();
  const held = new Set<string>();
  const begun = new Map(nodes.map(({ name }) => [name, new Set<string>()]));
  const course: Course = { hosts, nodes, core, begun, held, over, lose, began: Date.now() };
  const all = placed.map((place) => makeStrike(course, place));
  const stop = async () => {
    over.abort();
    await Promise.all(all.map((each) => each.ended()));
  };
  return {
    held,
    async power() {
      for (const each of all) await each.arrange();
      course.began = Date.now();
      await Promise.all(all.filter(({ place }) => atPower(place)).map((each) => each.strike()));
    },
    tell(node, stage) {
      if (over.signal.aborted) return;
      begun.get(node)?.add(stage);
      for (const each of all)
        if (each.place.node === node && each.place.moment === stage && !each.struckAlready()) void each.strike();
    },
    async settle() {
      await Promise.all(all.map((each) => each.healed()));
      await stop();
      for (const each of all) await each.check();
    },
    struck: () => Promise.all(all.map((each) => each.struck())),
    stop,
  };
}

function refuseMissing(placed: readonly Placed[]): void {
  const missing = new Set(placed.map(({ fault }) => fault.needs).filter((tool) => tool !== undefined && !here(tool)));
  if (missing.size === 0) return;
  const tools = [...missing].join(', ');
  throw new ToolError(
    `these faults need ${tools} on this machine`,
    `apt-get install ${tools === 'nft' ? 'nftables' : tools}`,
  );
}

/** One fault at its node: when it hit, and its result. */
function makeStrike(course: Course, place: Placed) {
  const { over } = course;
  let isPlaced: () => void = () => undefined;
  const inPlace = new Promise<void>((resolve) => {
    isPlaced = resolve;
  });
  const scene = sceneOf(course, place, isPlaced);
  let running: Promise<boolean> | undefined;
  let at: number | undefined;
  let problem: string | undefined;
  const failed = (error: Error) => {
    // A host that goes down at the end aborts the fault's own work; that is not an error.
    if (!over.signal.aborted) problem = `the fault itself failed: ${error.message}`;
    return true;
  };
  return {
    place,
    arrange: async () => place.fault.arrange?.(scene),
    /** Resolves when it is in place, or over. */
    strike() {
      at = (Date.now() - course.began) / 1000;
      running = (place.fault.strike?.(scene) ?? Promise.resolve(undefined)).then((hit) => hit !== false, failed);
      return Promise.race([inPlace, running]);
    },
    struckAlready: () => running !== undefined,
    healed: () => (place.fault.lasting ? undefined : running),
    ended: () => running,
    async check() {
      problem ??= await place.fault.check?.(scene).catch(() => undefined);
    },
    struck: async (): Promise<Struck> => ({
      text: faultText(place),
      node: place.node,
      hit: (await running) ?? false,
      ...(at === undefined ? {} : { at }),
      ...(problem === undefined ? {} : { problem }),
    }),
  };
}

/** What a fault can use at its node. */
function sceneOf(course: Course, place: Placed, placed: () => void): Scene {
  const { hosts, nodes, core, begun, held, over, lose } = course;
  return {
    node: nodes.find(({ name }) => name === place.node)!,
    machine: hosts.machines.get(place.node)!,
    machines: hosts.machines,
    core,
    dir: join(hosts.run.dir, 'nodes', place.node),
    space: spaceOf(hosts.run, place.node),
    gate: hosts.gate,
    seconds: place.seconds,
    over: over.signal,
    reached: (stage) =>
      nodes.every(({ name, stages }) => name === place.node || !stages.has(stage) || begun.get(name)!.has(stage)),
    placed,
    hold: () => void held.add(place.node),
    lose: (why) => lose(place.node, why),
    wait: (seconds) => sleep(seconds, over.signal),
  };
}
