import { count } from '../../base/input';
import { object } from '../../base/json';
import { driftedAttributes, openings } from '../cluster/drift';
import { isWorld } from '../cluster/firewall';
import { portText } from '../cluster/ports';
import { code, codes, type Draft } from '../finding';
import type { Change } from '../plan/plan';
import { type Context, named, type ReviewRule } from '../rule';

export const driftOpened: ReviewRule = {
  id: 'drift-opened',
  severity: 'security',
  title: 'A port was opened to the world outside Terraform',
  explain: {
    means:
      'The cloud permits traffic from the world that no declaration permits. The apply does not close the port: each rule is a separate resource, and Terraform does not manage this one.',
    reads: 'ingress of security groups in resource_drift, compared with every rule in the plan',
    todo: 'Remove the rule in the cloud, or declare it.',
  },
  find(context) {
    return openings(context.plan)
      .filter(({ rule }) => isWorld(rule.peer) && rule.protocol !== 'icmp')
      .map(({ rule, ports }): Draft => {
        const what = `${ports.map(portText).join(', ')}/${rule.protocol}`;
        return {
          subject: `${rule.group} ${what} ${rule.peer}`,
          statement: `${code(named(context, rule.group))}: ${code(what)} is open to ${code(rule.peer)}, but not declared`,
          consequences: ['it was opened outside Terraform, and the apply leaves it open'],
          evidence: [{ path: rule.path, value: `${what} from ${rule.peer}` }],
          remedy: [{ when: 'before', text: `remove the rule from ${code(named(context, rule.group))}, or declare it` }],
          addresses: [rule.address],
        };
      });
  },
};

export const driftSeen: ReviewRule = {
  id: 'drift-seen',
  severity: 'info',
  title: 'Resources changed outside Terraform',
  explain: {
    means:
      'A person or the cloud changed these resources. The apply reverts the changes that contradict the declaration.',
    reads:
      'resource_drift: changed values that the configuration sets, or that always matter (state of a machine, its groups, our tags); values that a refresh fills in for the first time do not count',
    todo: 'Add the changes that you want to keep to the declaration.',
  },
  find(context) {
    const { plan } = context;
    const inside = new Set(
      openings(plan)
        .filter(({ rule }) => !isWorld(rule.peer))
        .map(({ rule }) => rule.address),
    );
    const drifted = plan.drift
      .filter((c) => c.managed)
      .map((change) => ({
        change,
        attributes: [...driftedAttributes(change, plan), ...(inside.has(change.address) ? ['ingress'] : [])],
      }))
      .filter(({ change, attributes }) => change.kind === 'delete' || attributes.length > 0);
    if (drifted.length === 0) return [];
    const gone = drifted.filter(({ change }) => change.kind === 'delete');
    const facts = drifted.flatMap(({ change, attributes }) =>
      attributes.slice(0, 3).map((attribute) => factOf(context, change, attribute)),
    );
    return [
      {
        subject: 'plan',
        statement: `${count(drifted.length, 'resource')} changed outside Terraform since the last apply: ${codes(
          drifted.map(({ change }) => named(context, change.address)),
          5,
        )}`,
        consequences: [
          ...(gone.length
            ? [
                `deleted outside Terraform: ${codes(
                  gone.map(({ change }) => named(context, change.address)),
                  5,
                )}`,
              ]
            : []),
          ...facts.slice(0, 5),
          ...(facts.length > 5 ? [`and ${facts.length - 5} more`] : []),
        ],
        evidence: drifted.slice(0, 3).map(({ change, attributes }) => ({
          path: attributes[0] === undefined ? change.path : `${change.path}.change.after.${attributes[0]}`,
          value: attributes[0] === undefined ? change.kind : shown(context, change, 'after', attributes[0]),
        })),
        addresses: drifted.map(({ change }) => change.address),
      },
    ];
  },
};

function factOf(context: Context, change: Change, attribute: string): string {
  const subject = code(named(context, change.address));
  const [before, after] = [shown(context, change, 'before', attribute), shown(context, change, 'after', attribute)];
  const values = before === after ? 'changed (its value is not shown)' : `${code(before)} → ${code(after)}`;
  return `${subject}: ${code(attribute)} ${values}`;
}

function shown(context: Context, change: Change, side: 'before' | 'after', attribute: string): string {
  const sensitive = object(side === 'before' ? change.beforeSensitive : change.afterSensitive)[attribute];
  return context.redactor.show(change[side]?.[attribute], { name: attribute, sensitive, limit: 60 });
}
