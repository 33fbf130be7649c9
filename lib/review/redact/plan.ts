import { isObject, type JsonObject, list, object } from '../../base/json';
import { createRedactor, isBlobName, isSecretName, MASK, maskMarked, type Redactor } from './redact';

/**
 * A copy of a plan's JSON without secrets, for other tools (conftest, Checkov) and for archives. Masks values that are
 * marked sensitive or named like a secret, every other occurrence of them (also as base64 and inside longer strings),
 * and user data; the structure stays.
 */
export function redactPlan(plan: JsonObject): JsonObject {
  const redactor = createRedactor(plan);
  const copy: Record<string, unknown> = { ...plan };
  for (const section of ['resource_changes', 'resource_drift']) {
    if (plan[section]) copy[section] = list(plan[section]).map((entry) => redactEntry(object(entry)));
  }
  if (plan['output_changes']) copy['output_changes'] = mapObject(plan['output_changes'], redactChange);
  if (plan['planned_values']) copy['planned_values'] = redactState(object(plan['planned_values']));
  if (plan['prior_state']) {
    const prior = object(plan['prior_state']);
    copy['prior_state'] = { ...prior, values: redactState(object(prior['values'])) };
  }
  if (plan['configuration']) copy['configuration'] = maskConfiguration(plan['configuration'], '');
  if (plan['variables']) {
    const declared = object(object(object(plan['configuration'])['root_module'])['variables']);
    copy['variables'] = mapObject(plan['variables'], (variable, name) =>
      isSecretName(name) || object(declared[name])['sensitive'] === true ? { ...variable, value: MASK } : variable,
    );
  }
  return byValue(copy, redactor) as JsonObject;
}

function mapObject(value: unknown, change: (item: JsonObject, name: string) => unknown): JsonObject {
  return Object.fromEntries(Object.entries(object(value)).map(([name, item]) => [name, change(object(item), name)]));
}

function redactEntry(entry: JsonObject): JsonObject {
  return { ...entry, change: redactChange(object(entry['change'])) };
}

function redactChange(change: JsonObject): JsonObject {
  const copy: Record<string, unknown> = { ...change };
  for (const side of ['before', 'after']) {
    if (side in change) copy[side] = maskMarked(change[side], change[`${side}_sensitive`]);
  }
  return copy;
}

function redactState(values: JsonObject): JsonObject {
  const resource = (entry: JsonObject) => ({
    ...entry,
    values: maskMarked(entry['values'], entry['sensitive_values']),
  });
  const module = (body: JsonObject): JsonObject => ({
    ...body,
    ...(body['resources'] ? { resources: list(body['resources']).map((entry) => resource(object(entry))) } : {}),
    ...(body['child_modules']
      ? { child_modules: list(body['child_modules']).map((child) => module(object(child))) }
      : {}),
  });
  const copy: Record<string, unknown> = { ...values };
  if (values['root_module']) copy['root_module'] = module(object(values['root_module']));
  if (values['outputs']) {
    copy['outputs'] = mapObject(values['outputs'], (output) => ({
      ...output,
      value: maskMarked(output['value'], output['sensitive'] === true),
    }));
  }
  return copy;
}

/** The configuration holds constants in plain text: masks those named like a secret or a blob, and sensitive defaults. */
function maskConfiguration(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map((item) => maskConfiguration(item, name));
  if (!isObject(value)) return value;
  const hidden = isSecretName(name) || isBlobName(name) || value['sensitive'] === true;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (hidden && (key === 'constant_value' || key === 'default')) return [key, MASK];
      if (key === 'constant_value') return [key, maskMarked(item, false)];
      return [key, maskConfiguration(item, key)];
    }),
  );
}

/** Keys of the plan format: masking them would break the format. */
const FORMAT_WORDS = new Set(
  (
    'format_version terraform_version variables planned_values resource_changes resource_drift output_changes prior_state ' +
    'configuration relevant_attributes checks timestamp applyable complete errored deferred_changes values value outputs ' +
    'root_module child_modules module_calls module resources address mode type name index provider_name schema_version ' +
    'sensitive_values sensitive change actions before after after_unknown before_sensitive after_sensitive replace_paths ' +
    'action_reason importing previous_address deposed provider_config provider_config_key expressions expression ' +
    'constant_value references full_name version_constraint for_each_expression count_expression default description ' +
    'depends_on attribute resource instances problems status'
  ).split(' '),
);

/** Masks by value at the end, in all strings and in keys that are not part of the format. */
function byValue(value: unknown, redactor: Redactor): unknown {
  if (typeof value === 'string') return redactor.text(value);
  if (typeof value === 'number') return redactor.holds(String(value)) ? MASK : value;
  if (Array.isArray(value)) return value.map((item) => byValue(item, redactor));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      FORMAT_WORDS.has(key) ? key : redactor.text(key),
      byValue(item, redactor),
    ]),
  );
}
