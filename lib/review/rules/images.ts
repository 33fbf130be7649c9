import { atLeast } from '../../kato/version';
import { code, codes, type RemedyStep } from '../finding';
import { nodeBefore } from '../plan/renames';
import { katoStep } from '../remedy';
import type { ReviewRule } from '../rule';
import { goesOn } from './deas';

export const imageChanged: ReviewRule = {
  id: 'image-changed',
  severity: 'info',
  title: 'Nodes get another image',
  explain: {
    means:
      'A machine gets a new image only when it is replaced, and a new image does not replace nodes that keep data. Nodes on different product versions do not attach to each other.',
    reads: 'image of each node in stackato_manifest before and after; what the plan does to its machine',
    todo: 'Check that the old and the new image hold the same product version, or upgrade in place.',
  },
  find(context) {
    const { cluster } = context;
    if (!cluster || !goesOn(context)) return [];
    const changed = cluster.nodes.filter((n) => n.before && n.after && n.before.image !== n.after.image);
    if (changed.length === 0) return [];
    const stay = changed.filter((n) => n.fate !== 'replaced' && n.fate !== 'rebuilt');
    const take = changed.filter((n) => !stay.includes(n));
    const first = changed[0]!;
    const images = [code(first.before!.image), code(first.after!.image)] as const;
    const why = stay.every((n) => n.node.keeps)
      ? 'a new image does not replace nodes that keep data'
      : 'the plan does not change their machines';
    const staying =
      stay.length === 0
        ? []
        : [`${codes(stay.map((n) => n.name))} stay${stay.length === 1 ? 's' : ''} on ${images[0]}: ${why}`];
    const steps: RemedyStep[] = [
      ...(take.length > 0 && stay.length > 0
        ? [{ when: 'before' as const, text: `check that ${images[0]} and ${images[1]} hold the same product version` }]
        : []),
      ...(stay.length > 0
        ? [
            katoStep(cluster.version, {
              when: 'after',
              what: `upgrade in place, if the product version of ${codes(stay.map((n) => n.name))} differs`,
              advice: { do: 'upgrade' },
            }),
          ]
        : []),
      katoStep(cluster.version, {
        when: 'after',
        what: 'check that the versions are the same',
        advice: { do: 'show-versions' },
        where: 'each node',
      }),
    ];
    return [
      {
        subject: changed.map((n) => n.name).join(','),
        statement:
          take.length > 0
            ? `image ${images[0]} → ${images[1]}: ${codes(take.map((n) => n.name))} boot${take.length === 1 ? 's' : ''} from it now`
            : `image ${images[0]} → ${images[1]} has no effect on running nodes: ${staying[0]}`,
        consequences: [
          ...(take.length > 0 ? staying : []),
          // The check came with 3.0 (RN 98390; facts §2.3; H).
          atLeast(cluster.version, '3.0')
            ? "attach refuses a node whose product version differs from the core's"
            : `Stackato ${cluster.version.text} does not check the product version of a node that attaches`,
        ],
        evidence: [
          { path: `${nodeBefore(context.plan, first.name)}.image`, value: first.before!.image },
          { path: `${context.plan.afterPath}.nodes.${first.name}.image`, value: first.after!.image },
        ],
        remedy: steps,
        nodes: changed.map((n) => n.name),
        addresses: changed.map((n) => n.node.resource),
      },
    ];
  },
};
