import { type JsonObject, list, object } from '../../base/json';

/** Common words that a provider may mark; masking them everywhere would hide half a page. */
const ORDINARY = new Set(['true', 'false', 'null', 'none']);

/**
 * Every string of at least four characters that the plan marks as sensitive anywhere, and long values named like a
 * secret. A computed copy of a secret carries no mark, so the search is by value.
 */
export function collectSecrets(
  plan: JsonObject,
  isSecretName: (name: string) => boolean,
  more: readonly string[] = [],
): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (value: unknown) => {
    const word = typeof value === 'number' && Math.abs(value) >= 100_000 ? String(value) : value;
    if (typeof word !== 'string' || word.length < 4 || ORDINARY.has(word) || !/[\p{L}\p{N}]/u.test(word)) return;
    found.add(word);
  };
  const addAll = (value: unknown): void => {
    if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) {
        // A marked map hides its keys too, unless they are an object's attributes (plain words).
        if (!/^[a-z][a-z0-9_]*$/.test(key) && !Array.isArray(value)) add(key);
        addAll(item);
      }
    } else add(value);
  };
  const marked = (value: unknown, marks: unknown): void => {
    if (marks === true) addAll(value);
    else if (typeof marks === 'object' && marks !== null) {
      for (const [key, mark] of Object.entries(marks)) marked((value as Record<string, unknown> | null)?.[key], mark);
    }
  };
  const named = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, item] of Object.entries(value)) {
      const strict = isSecretName(key) && typeof item === 'string' && item.length >= 8 && !/^arn:|^\$\{/.test(item);
      if (strict) add(item);
      else named(item);
    }
  };

  for (const section of ['resource_changes', 'resource_drift', 'deferred_changes']) {
    for (const entry of list(plan[section])) {
      const rc = section === 'deferred_changes' ? object(object(entry)['resource_change']) : object(entry);
      collectChange(object(rc['change']), marked, named);
    }
  }
  for (const change of Object.values(object(plan['output_changes']))) collectChange(object(change), marked, () => {});
  collectState(object(plan['planned_values']), marked);
  collectState(object(object(plan['prior_state'])['values']), marked);
  collectConfiguration(plan, addAll, add, isSecretName);
  for (const word of more) add(word);
  return found;
}

type Marked = (value: unknown, marks: unknown) => void;

function collectChange(change: JsonObject, marked: Marked, named: (value: unknown) => void): void {
  for (const side of ['before', 'after']) {
    marked(change[side], change[`${side}_sensitive`]);
    named(change[side]);
  }
}

function collectState(values: JsonObject, marked: Marked): void {
  for (const output of Object.values(object(values['outputs']))) {
    marked(object(output)['value'], object(output)['sensitive'] === true);
  }
  const visit = (module: JsonObject) => {
    for (const entry of list(module['resources'])) marked(object(entry)['values'], object(entry)['sensitive_values']);
    for (const child of list(module['child_modules'])) visit(object(child));
  };
  visit(object(values['root_module']));
}

/** Sensitive variables (values and defaults) and credentials in a provider's block. */
function collectConfiguration(
  plan: JsonObject,
  addAll: (value: unknown) => void,
  add: (value: unknown) => void,
  isSecretName: (name: string) => boolean,
): void {
  const configuration = object(plan['configuration']);
  const visit = (module: JsonObject, isRoot: boolean) => {
    for (const [name, entry] of Object.entries(object(module['variables']))) {
      if (object(entry)['sensitive'] !== true) continue;
      addAll(object(entry)['default']);
      if (isRoot) addAll(object(object(plan['variables'])[name])['value']);
    }
    for (const call of Object.values(object(module['module_calls']))) visit(object(object(call)['module']), false);
  };
  visit(object(configuration['root_module']), true);
  for (const provider of Object.values(object(configuration['provider_config']))) {
    for (const [name, expression] of Object.entries(object(object(provider)['expressions']))) {
      if (isSecretName(name)) add(object(expression)['constant_value']);
    }
  }
}
