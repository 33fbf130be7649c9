import { isObject, same } from '../../base/json';
import { code, type Draft, type RemedyStep, shellWord } from '../finding';
import { isSecretName } from '../redact/redact';
import type { Context, ReviewRule } from '../rule';

/** What has to be restarted before a component sees a new value. Processes by role: facts §1.1, §10.1, §12 (H, M). */
const RESTART: Readonly<Record<string, string>> = {
  dea_ng: 'kato restart dea',
  fence: 'kato restart dea',
  router2g: 'kato restart router',
  cloud_controller_ng: 'kato restart controller',
  aok: 'kato restart controller',
  stackato_rest: 'kato restart controller',
  mysql_node: 'kato restart mysql',
  mysql_gateway: 'kato restart mysql',
  postgresql_node: 'kato process restart postgresql_node',
  postgresql_gateway: 'kato process restart postgresql_gateway',
};

function restartOf(component: string): string | undefined {
  const service = /^(redis|mongodb|rabbit3?|memcached|filesystem|harbor)_(node|gateway)$/.exec(component);
  return RESTART[component] ?? (service ? `kato restart ${service[1]}` : undefined);
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

function command({ component, key, after }: KeyChange, context: Context): string {
  if (after === undefined) return `kato config del ${shellWord(component)} ${shellWord(key)}`;
  // Secrets come from standard input, so that they stand in no history.
  if (isSecret(key, after)) return `kato config set ${shellWord(component)} ${shellWord(key)}`;
  const isText = typeof after === 'string';
  const value = context.redactor.show(after, { name: key, limit: 1000 });
  return `kato config set ${isText || typeof after !== 'object' ? '' : '-j '}${shellWord(component)} ${shellWord(key)} ${shellWord(value)}`;
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
      'The declaration sets another value. Terraform cannot set it on a running cluster: the core sets it once, at its first boot.',
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
      const restart = restartOf(component);
      const steps: RemedyStep[] = [
        ...(coreIsNew
          ? []
          : [
              {
                when: 'after' as const,
                text: `on the core: ${change.after === undefined ? 'remove' : 'set'} the key${isSecret(key, change.after) ? ' (the value is read from standard input)' : ''}`,
                command: command(change, context),
              },
            ]),
        restart
          ? { when: 'after', text: 'on each node with that role, one node at a time', command: restart }
          : {
              when: 'after',
              text: `restart what reads ${code(component)}; this tool does not know which role that is`,
            },
      ];
      return {
        subject: `${component}/${key}`,
        statement: `kato configuration ${code(`${component} ${key}`)}: ${shown(change.before)} → ${shown(change.after)}`,
        consequences: coreIsNew
          ? ['the new core sets it at its first boot']
          : ['not set by Terraform on a running cluster: by hand, see the steps'],
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
