import { object, text, texts } from '../../base/json';
import { typedWord } from '../../base/shell';
import { advise } from '../../kato/advice';
import { KEEPS_MARK } from '../../topology/manifest';
import { bootsAfresh, type ClusterChange, keepsAll, type NodeChange } from '../cluster/cluster';
import { rolesOnRoot } from '../cluster/data';
import { CORE_PATIENCE_SECONDS, ESTIMATES } from '../cluster/estimates';
import { addressAttribute } from '../cluster/machines';
import { code, codes, type Draft, type Evidence, type Impact, type RemedyStep } from '../finding';
import type { Change } from '../plan/plan';
import { type KatoStep, katoStep } from '../remedy';
import { actionsOf, becomes, type Context, type ReviewRule, was } from '../rule';

const PORTS = new Set(['aws_network_interface', 'openstack_networking_port_v2']);

interface AddressChange {
  /** `kept`: the plan shows that it stays. `unknown`: only the apply shows it. */
  readonly what: 'kept' | 'changes' | 'unknown';
  readonly before?: string;
  readonly after?: string;
  readonly evidence: readonly Evidence[];
}

/** What happens to the address at which all other nodes find the core (MBUS IP). */
function coreAddress(context: Context, core: NodeChange): AddressChange {
  const before = core.before?.address ?? core.address;
  const after = core.after?.address;
  const path = (side: 'before' | 'after') =>
    `${side === 'before' ? context.plan.beforePath : context.plan.afterPath}.nodes.${core.name}.address`;
  if (core.before?.address !== undefined && after !== undefined) {
    const evidence = [
      { path: path('before'), value: core.before.address },
      { path: path('after'), value: after },
    ];
    return { what: core.before.address === after ? 'kept' : 'changes', before, after, evidence };
  }
  const port = portOf(context, core.change);
  if (port && (port.kind === 'noop' || port.kind === 'update') && !portMoves(port)) {
    return {
      what: 'kept',
      before,
      evidence: [{ path: `${port.path}.change.actions`, value: `["${port.kind === 'noop' ? 'no-op' : 'update'}"]` }],
    };
  }
  const attribute = core.change && addressAttribute(core.change);
  if (!core.change || !attribute || !bootsAfresh(core) || core.fate === 'rebuilt')
    return { what: 'kept', before, evidence: [] };
  const next = core.change.after?.[attribute];
  const evidence = [was(context, core.change, attribute), becomes(context, core.change, attribute)];
  if (typeof next === 'string') return { what: next === before ? 'kept' : 'changes', before, after: next, evidence };
  return { what: 'unknown', before, evidence };
}

/** The network interface or port that the core's machine refers to. */
function portOf(context: Context, machine: Change | undefined): Change | undefined {
  if (!machine) return undefined;
  const references = new Set(context.plan.configuration.allReferences(machine.configAddress));
  return context.plan.changes.find((c) => PORTS.has(c.type) && references.has(c.configAddress));
}

function portMoves(port: Change): boolean {
  const addresses = (side: Change['before']) =>
    [
      ...texts(side?.['private_ips']),
      String(object((side?.['fixed_ip'] as unknown[] | undefined)?.[0])['ip_address'] ?? ''),
    ]
      .sort()
      .join();
  return addresses(port.before) !== addresses(port.after);
}

function others(cluster: ClusterChange): NodeChange[] {
  return cluster.nodes.filter((n) => n !== cluster.core && n.before && n.after && n.fate !== 'gone');
}

/** Every other node looks for the core at its old address. Only from 3.6 on does the command name the node's roles. */
function followCore({ known, version }: ClusterChange, nodes: readonly NodeChange[], before: string, core: string) {
  const steps = nodes.map((n) => {
    const advice = {
      do: 'follow-core' as const,
      core,
      before,
      roles: n.node.roles.filter((role) => known.of(role).placement !== 'implied'),
    };
    return {
      name: n.name,
      step: katoStep(version, { when: 'after', what: 'point the node at the core', advice, node: n.name }),
    };
  });
  const commands = [...new Set(steps.map(({ step }) => step.command))];
  return commands.map((command): RemedyStep => {
    const same = steps.filter(({ step }) => step.command === command);
    const place = codes(
      same.map(({ name }) => name),
      same.length,
    );
    return { ...same[0]!.step, text: `on ${place}: point the node at the core`, place };
  });
}

export const coreReplaced: ReviewRule = {
  id: 'core-replaced',
  severity: 'outage',
  title: 'The core is replaced',
  explain: {
    means: `No message bus, configuration store, API or console until the core is back. After ${CORE_PATIENCE_SECONDS} s without the core, processes on other nodes go FATAL; their boot scripts start them when the core answers again.`,
    reads:
      'what the plan does to the machine of the node with role primary; the address of the core in stackato_manifest; its network interface or port',
    todo: 'Upgrade in place if the version supports it. If you must replace the core: export the data, announce the outage, apply, then start the processes that are still FATAL on the other nodes.',
  },
  find(context) {
    const { cluster } = context;
    const core = cluster?.core;
    if (!cluster?.after || !core?.before || !core.change || !bootsAfresh(core)) return [];
    const rest = others(cluster);
    const address = coreAddress(context, core);
    const empty = rolesOnRoot(core.before, cluster.before ?? cluster.manifest, cluster.known);
    const draft: Draft = {
      subject: core.name,
      statement:
        core.fate === 'rebuilt'
          ? `the core is rebuilt from its image (the plan shows an update): no message bus, API or console until it is back`
          : `the core is replaced: no message bus, API or console until it is back`,
      consequences: [
        ...(rest.length > 0
          ? [
              `${rest.length} other node${rest.length === 1 ? '' : 's'} (${codes(rest.map((n) => n.name))}) lose${rest.length === 1 ? 's' : ''} the message bus`,
              `after ${CORE_PATIENCE_SECONDS} s without it, their processes go FATAL and do not reconnect`,
            ]
          : []),
        whereTo(address),
        ...(empty.length === 0 ? ["the core's data is on its own volume and survives"] : []),
      ],
      evidence: [...actionsOf(context, core.change), ...address.evidence],
      remedy: coreRemedy(cluster, rest, address),
      // If the core's data is lost too, the finding on the data names the safer way.
      safer: empty.length > 0 ? undefined : inPlace(cluster),
      nodes: [core.name, ...rest.map((n) => n.name)],
      addresses: [core.node.resource],
      impacts: coreImpacts(rest),
    };
    return [draft];
  },
};

const whereTo = ({ what, before, after }: AddressChange): string =>
  ({
    kept: `its address stays${before ? ` ${code(before)}` : ' the same'}, so the other nodes find it again`,
    changes: `its address changes ${code(before)} → ${code(after)}: every other node must be attached again`,
    unknown: 'only the apply shows whether its address stays: if it changes, every other node must be attached again',
  })[what];

/** How to get a new version of the product without a new machine. */
function inPlace({ version }: ClusterChange): string {
  const { command, note } = advise(version, { do: 'upgrade' });
  return command === undefined
    ? note!
    : `upgrade the product in place with ${code(command)}; only a new operating system needs a new image`;
}

function coreRemedy(cluster: ClusterChange, rest: readonly NodeChange[], address: AddressChange): RemedyStep[] {
  const kato = (step: KatoStep) => katoStep(cluster.version, step);
  const maintenance = (when: 'before' | 'after', what: string, on: boolean) =>
    kato({ when, what, advice: { do: 'maintenance', on } });
  const [before, after] = [address.before ?? '<old address of the core>', address.after ?? '<new address of the core>'];
  return [
    maintenance('before', 'turn maintenance mode on, so that users cannot make changes', true),
    kato({
      when: 'before',
      what: 'export all data, and copy the file off the cluster',
      advice: { do: 'export', file: 'before-core.tgz' },
    }),
    ...(address.what === 'kept' ? [] : followCore(cluster, rest, before, after)),
    ...(rest.length > 0
      ? [
          kato({
            when: 'after',
            what: 'after some minutes, start the processes that are still FATAL',
            advice: { do: 'start' },
            where: codes(rest.map((n) => n.name)),
          }),
        ]
      : []),
    maintenance('after', 'turn maintenance mode off', false),
  ];
}

function coreImpacts(rest: readonly NodeChange[]): Impact[] {
  return [
    {
      who: 'apps on DEAs',
      what: 'expected to keep running, without health management',
      howLong: ESTIMATES.coreBoot,
    },
    {
      who: 'app traffic',
      what: 'down through the core; routers on other nodes keep the routes they know',
      howLong: ESTIMATES.coreBoot,
    },
    { who: 'deploys, API, console', what: 'down', howLong: ESTIMATES.coreBoot },
    ...(rest.length > 0
      ? [
          {
            who: 'other nodes' as const,
            what: `without the core for more than ${CORE_PATIENCE_SECONDS} s: processes go FATAL`,
            howLong: 'until their boot scripts start them, a minute after the core answers',
          },
        ]
      : []),
  ];
}

export const coreAddressChanged: ReviewRule = {
  id: 'core-address',
  severity: 'outage',
  title: "The core's address changes",
  explain: {
    means:
      'Every node finds the core at its private address (MBUS IP). If it changes, no node finds the core until that node is attached again.',
    reads: "the core's address in stackato_manifest before and after; its network interface or port",
    todo: 'Keep the address. If it must change: give the core its new address, then attach every other node again; the steps name the commands.',
  },
  find(context) {
    const { cluster } = context;
    const core = cluster?.core;
    if (!cluster?.after || !core?.before || !core.after) return [];
    const address = coreAddress(context, core);
    if (address.what !== 'changes') return [];
    const rest = others(cluster);
    const next = address.after ?? '<new address>';
    return [
      {
        subject: core.name,
        statement: `the core's address changes ${code(address.before)} → ${code(address.after)}: no other node finds it until it is attached again`,
        evidence: address.evidence,
        remedy: [
          // A new core boots with the new address; a core that stays must be told.
          ...(bootsAfresh(core)
            ? []
            : [
                katoStep(cluster.version, {
                  when: 'after',
                  what: 'change its address',
                  advice: { do: 'move-core', before: address.before ?? '<old address>', after: next },
                }),
              ]),
          ...followCore(cluster, rest, address.before ?? '<old address>', next),
        ],
        safer: "keep the address: give the core's network interface or port the fixed address that it has now",
        nodes: [core.name, ...rest.map((n) => n.name)],
        addresses: [core.node.resource],
        impacts: [
          {
            who: 'deploys, API, console',
            what: 'unreachable for clients that use the old address',
            howLong: 'until DNS returns the new address',
          },
          { who: 'other nodes', what: 'cut off from the message bus', howLong: 'until each node is attached again' },
        ],
      },
    ];
  },
};

export const coreOnRoot: ReviewRule = {
  id: 'core-on-root',
  severity: 'info',
  title: 'The core still keeps users and apps on its root disk',
  explain: {
    means:
      'A machine that an earlier version made put only droplets or services on its volume, and ignores the boot script of this version. Whoever replaces it loses users, organizations, apps and configuration.',
    reads: `the volume of the core in stackato_manifest after the plan; the tag (or metadata) ${KEEPS_MARK} of its machine`,
    todo: 'Run docs/core-move.sh on the core, then set the tag (docs/core.md).',
  },
  find({ cluster }) {
    const core = cluster?.core;
    if (!core?.after?.disk?.keeps.includes('primary') || !core.change?.before || bootsAfresh(core)) return [];
    if (keepsAll(core.change)) return [];
    const id = typedWord(text(core.change.before['id']) ?? '<machine id>');
    const value = 'services data droplets';
    const mark = core.change.type.startsWith('aws_')
      ? `aws ec2 create-tags --resources ${id} --tags 'Key=${KEEPS_MARK},Value=${value}'`
      : `openstack server set --property '${KEEPS_MARK}=${value}' ${id}`;
    return [
      {
        subject: core.name,
        statement: `${code(core.name)} was made by an earlier version: users, organizations, apps and configuration are on its root disk`,
        evidence: [{ path: `${core.change.path}.change.before`, value: `has no ${KEEPS_MARK}` }],
        remedy: [
          {
            when: 'after',
            text: 'move its data to its volume, some minutes without API and console',
            on: core.name,
            command: 'sudo sh core-move.sh',
          },
          { when: 'after', text: 'then mark its machine', about: core.name, command: mark },
        ],
        nodes: [core.name],
        addresses: [core.change.address],
      },
    ];
  },
};
