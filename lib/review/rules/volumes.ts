import { number, text } from '../../base/json';
import { typedWord } from '../../base/shell';
import { advise } from '../../kato/advice';
import { dataOf, volumeOwner } from '../cluster/data';
import { ESTIMATES } from '../cluster/estimates';
import { VOLUMES, type VolumeType } from '../cluster/keepers';
import { byAudience } from '../cluster/roles';
import { code, type Draft, type Impact, type RemedyStep } from '../finding';
import { type Change, destroys, isUnknown } from '../plan/plan';
import { actionsOf, becomes, type Context, type ReviewRule, was } from '../rule';

interface Fall {
  readonly change: Change;
  readonly type: VolumeType;
  /** Whether the destroy takes a final snapshot of the old content. */
  readonly archived: boolean;
  /** Attribute that names the source of the new volume's content. */
  readonly filledFrom?: string;
  /** `data-1's volume (200 GiB: MySQL databases)`. */
  readonly name: string;
  readonly nodes: readonly string[];
  readonly roles: readonly string[];
}

function falls(context: Context): Fall[] {
  return context.changes.flatMap((change): Fall[] => {
    const type = VOLUMES[change.type];
    if (!type || !destroys(change) || !change.before) return [];
    const owner =
      volumeOwner(context.cluster?.before, change.address) ?? volumeOwner(context.cluster?.after, change.address);
    const size = number(change.before[type.size]);
    const roles = owner?.node.disk?.keeps ?? [];
    const data = context.cluster ? dataOf(roles, context.cluster.known) : '';
    const about = [size === undefined ? '' : `${size} GiB`, data].filter((part) => part !== '').join(': ');
    const suffix = about === '' ? '' : ` (${about})`;
    return [
      {
        change,
        type,
        archived: type.finalSnapshot !== undefined && change.before[type.finalSnapshot] === true,
        filledFrom: change.kind === 'replace' ? filledFrom(change, type) : undefined,
        name: owner ? `${code(owner.name)}'s volume${suffix}` : `volume ${code(change.address)}${suffix}`,
        nodes: owner ? [owner.name] : [],
        roles,
      },
    ];
  });
}

/** A source that is set and new: the source of the old volume does not hold its current content. */
function filledFrom(change: Change, type: VolumeType): string | undefined {
  return type.from.find((attribute) => {
    const source = text(change.after?.[attribute]);
    return source !== undefined && !isUnknown(change, attribute) && source !== change.before?.[attribute];
  });
}

function flags(context: Context, fall: Fall) {
  const { change, type } = fall;
  return [
    ...actionsOf(context, change),
    ...(type.finalSnapshot ? [was(context, change, type.finalSnapshot)] : []),
    ...(change.kind === 'replace' ? [becomes(context, change, type.from[0]!)] : []),
  ];
}

function impact({ cluster }: Context, { roles }: Fall, what: string): Impact[] {
  if (roles.length === 0 || !cluster) return [];
  const { known } = cluster;
  return byAudience(roles, known).map(([who, theirs]) => ({
    who,
    what: `${dataOf(theirs, known, 3)}: ${what}`,
    howLong: ESTIMATES.restore,
  }));
}

function stopStep({ cluster }: Context, fall: Fall, text: string): RemedyStep {
  const stop = cluster && fall.roles.length > 0 ? advise(cluster.version, { do: 'stop' }).command : undefined;
  return { when: 'before', text, on: fall.nodes[0], command: stop };
}

function saferMove({ cluster }: Context): string {
  const advice = { do: 'relocate', what: 'services', directory: '<mount>/services' } as const;
  const command = cluster && advise(cluster.version, advice).command;
  const move = command === undefined ? 'move the data' : `move the data with ${code(command)}`;
  return `add the new volume beside the old one, ${move}, then remove the old volume in a separate pull request`;
}

export const volumeLost: ReviewRule = {
  id: 'volume-lost',
  severity: 'data-loss',
  title: 'A volume and its content are destroyed',
  explain: {
    means: 'The apply deletes everything on the volume. A volume that replaces it is empty.',
    reads:
      'what the plan does to aws_ebs_volume and openstack_blockstorage_volume; final_snapshot BEFORE the change (a destroy reads the old value); snapshot_id after it',
    todo: 'Stop the services, snapshot the volume, and create the new volume from the snapshot (snapshot_id).',
  },
  find(context) {
    return falls(context)
      .filter((fall) => !fall.archived && !fall.filledFrom)
      .map((fall): Draft => {
        const { change, type } = fall;
        const replaced = change.kind === 'replace';
        const turnedOn = type.finalSnapshot !== undefined && change.after?.[type.finalSnapshot] === true;
        const id = typedWord(text(change.before?.['id']) ?? '<volume id>');
        const snapshot = change.type.startsWith('aws_')
          ? `aws ec2 create-snapshot --volume-id ${id}`
          : `openstack volume snapshot create --volume ${id} --force before-apply`;
        return {
          subject: change.deposed ? `${change.address}#${change.deposed}` : change.address,
          statement: `${fall.name} is ${replaced ? 'replaced by an empty one' : 'deleted'}: its content is lost, without a snapshot`,
          consequences: [
            ...(turnedOn
              ? [
                  `turning on ${code(type.finalSnapshot)} in the same change does not help: a destroy reads the old value`,
                ]
              : []),
            ...(change.deposed
              ? ['a failed replacement left it behind; it may hold the only copy of the old content']
              : []),
          ],
          evidence: flags(context, fall),
          remedy: [
            stopStep(context, fall, 'stop the services'),
            {
              when: 'before',
              text: 'snapshot the volume, and note the id of the snapshot',
              about: fall.nodes[0],
              command: snapshot,
            },
            ...(replaced
              ? [
                  {
                    when: 'before' as const,
                    text: 'set that snapshot as the source of the new volume, and plan again',
                    command: `${type.from[0]} = "<snapshot id>"`,
                  },
                ]
              : []),
          ],
          safer: replaced
            ? saferMove(context)
            : type.finalSnapshot
              ? `apply ${code(`${type.finalSnapshot} = true`)} in a separate pull request first; then delete the volume`
              : 'snapshot the volume, then delete it',
          nodes: fall.nodes,
          addresses: [change.address],
          impacts: impact(context, fall, replaced ? 'down, then empty' : 'gone'),
        };
      });
  },
};

export const volumeReplaced: ReviewRule = {
  id: 'volume-replaced',
  severity: 'outage',
  title: 'A volume is replaced; its content survives in a snapshot',
  explain: {
    means:
      'The services on it are down meanwhile. The new volume holds the content of a snapshot, or is empty until an operator restores the final snapshot.',
    reads: 'final_snapshot before the change; snapshot_id (or another source) after it',
    todo: 'Stop the services before the snapshot: everything written after it is lost.',
  },
  find(context) {
    return falls(context)
      .filter((fall) => fall.change.kind === 'replace' && (fall.archived || fall.filledFrom))
      .map((fall): Draft => {
        const { change, filledFrom } = fall;
        const source = filledFrom && context.redactor.show(change.after?.[filledFrom], { name: filledFrom, limit: 60 });
        return {
          subject: change.address,
          statement: source
            ? `${fall.name} is replaced by one created from ${code(source)}: everything written after that is lost`
            : `${fall.name} is replaced by an empty one; its content survives only in a final snapshot`,
          evidence: [
            ...flags(context, fall),
            ...(filledFrom && filledFrom !== fall.type.from[0] ? [becomes(context, change, filledFrom)] : []),
          ],
          remedy: [
            stopStep(context, fall, 'stop the services before the snapshot'),
            ...(source
              ? []
              : [
                  {
                    when: 'after' as const,
                    text: 'create a volume from the final snapshot, and attach it in place of the empty one',
                    about: fall.nodes[0],
                  },
                ]),
          ],
          nodes: fall.nodes,
          addresses: [change.address],
          impacts: impact(context, fall, source ? 'down' : 'down, then empty'),
        };
      });
  },
};

export const volumeArchived: ReviewRule = {
  id: 'volume-archived',
  severity: 'info',
  title: 'A volume is deleted after a final snapshot',
  explain: {
    means:
      'The volume is deleted. Its content stays in a snapshot that Terraform does not manage; the snapshot costs money until you delete it.',
    reads: 'what the plan does to the volume; final_snapshot before the change',
    todo: 'Note the id of the snapshot; delete the snapshot when you no longer need it.',
  },
  find(context) {
    return falls(context)
      .filter((fall) => fall.change.kind === 'delete' && fall.archived)
      .map((fall) => ({
        subject: fall.change.address,
        statement: `${fall.name} is deleted; its content stays in a final snapshot`,
        evidence: flags(context, fall),
        nodes: fall.nodes,
        addresses: [fall.change.address],
      }));
  },
};
