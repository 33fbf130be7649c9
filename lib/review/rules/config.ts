import { isObject, same } from '../../base/json';
import type { Advice } from '../../kato/advice';
import { atLeast } from '../../kato/version';
import type { ClusterChange } from '../cluster/cluster';
import { code, type Draft, type RemedyStep } from '../finding';
import { isSecretName } from '../redact/redact';
import { katoStep, restartStep } from '../remedy';
import type { Context, ReviewRule } from '../rule';

/** What makes a component read a new value; without a command when no role of the cluster has such a process. */
function restartSteps(component: string, { known, nodes, version }: ClusterChange): RemedyStep[] {
  const roles = [...new Set(nodes.flatMap((n) => [...n.node.roles, ...(n.before?.roles ?? [])]))].sort();
  const readers = roles.filter((role) => known.of(role).processes.includes(component));
  if (readers.length === 0) {
    const text = `restart the role that reads ${code(component)}; this tool does not know which one`;
    return [{ when: 'after', text }];
  }
  return readers.map((role) =>
    restartStep(version, known.of(role).restart === 'role' ? { role } : { process: component }),
  );
}

interface KeyChange {
  readonly component: string;
  readonly key: string;
  readonly before: unknown;
  readonly after: unknown;
}

function keyChanges(context: Context): KeyChange[] {
  const { cluster } = context;
  if (!cluster?.before || !cluster.after) return [];
  const [before, after] = [cluster.before.config, cluster.after.config];
  const components = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return components.flatMap((component) =>
    [...new Set([...Object.keys(before[component] ?? {}), ...Object.keys(after[component] ?? {})])]
      .sort()
      .map((key) => ({ component, key, before: before[component]?.[key], after: after[component]?.[key] }))
      .filter((change) => !same(change.before, change.after)),
  );
}

/** The step that sets or removes the key on the core. */
function setStep({ component, key, after }: KeyChange, context: Context): RemedyStep {
  const { version } = context.cluster!;
  const step = (what: string, advice: Advice) => katoStep(version, { when: 'after', what, advice });
  if (after === undefined) return step('remove the key', { do: 'unset', component, key });
  // Secrets come from standard input, so that no history holds them.
  if (isSecret(key, after)) {
    const read = atLeast(version, '2.8') ? ' (read from standard input)' : '';
    return step(`set the key${read}`, { do: 'set-secret', component, key });
  }
  const value = context.redactor.show(after, { name: key, limit: 1000 });
  return step('set the key', { do: 'set', component, key, value, type: typeof after === 'string' ? 'string' : 'json' });
}

function isSecret(key: string, value: unknown): boolean {
  return (isObject(value) && 'secret' in value) || isSecretName(key.split('/').pop() ?? '');
}

export const configChanged: ReviewRule = {
  id: 'config-changed',
  severity: 'info',
  title: 'kato configuration changes',
  explain: {
    means:
      'The declaration sets another value. Terraform cannot set it on a running cluster: the core reads it only at its first boot.',
    reads: 'config of stackato_manifest before and after',
    todo: 'Set the key on the core and restart the role that reads it, one node at a time.',
  },
  find(context) {
    const coreIsNew = context.cluster?.core?.fate === 'replaced' || context.cluster?.core?.fate === 'rebuilt';
    return keyChanges(context).map((change): Draft => {
      const { component, key } = change;
      const shown = (value: unknown) =>
        value === undefined
          ? 'not set'
          : isSecret(key, value)
            ? 'a secret'
            : code(context.redactor.show(value, { name: key, limit: 60 }));
      const steps: RemedyStep[] = [
        ...(coreIsNew ? [] : [setStep(change, context)]),
        ...restartSteps(component, context.cluster!),
      ];
      return {
        subject: `${component}/${key}`,
        statement: `kato configuration ${code(`${component} ${key}`)}: ${shown(change.before)} → ${shown(change.after)}`,
        consequences: coreIsNew
          ? ['the new core sets it at its first boot']
          : ['Terraform does not set it on a running cluster; set it by hand, see the steps'],
        evidence: [
          {
            path: `${context.plan.beforePath}.config.${component}["${key}"]`,
            value: isSecret(key, change.before)
              ? 'a secret'
              : context.redactor.show(change.before ?? null, { name: key }),
          },
          {
            path: `${context.plan.afterPath}.config.${component}["${key}"]`,
            value: isSecret(key, change.after)
              ? 'a secret'
              : context.redactor.show(change.after ?? null, { name: key }),
          },
        ],
        remedy: steps,
      };
    });
  },
};
