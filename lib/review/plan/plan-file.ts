import { InputError } from '../../base/input';
import { isObject, type JsonObject, object, text } from '../../base/json';

const show = 'terraform show -json PLAN > plan.json';

/**
 * Parses the text of a plan's JSON file and checks that it is a plan.
 * @throws InputError when it is something else (a binary plan file, a state, a log); the message names the command to run.
 */
export function parsePlan(content: string, subject = 'plan'): JsonObject {
  if (content.trim() === '') refuse(subject, `is empty; write ${show}`);
  if (content.startsWith('PK')) {
    refuse(
      subject,
      `is a binary plan file, not its JSON; write ${show.replace('PLAN', subject === 'plan' ? 'PLAN' : subject)}`,
    );
  }
  let parsed: unknown;
  try {
    // A redirect in PowerShell writes a byte order mark first.
    parsed = JSON.parse(content.replace(/^\uFEFF/, ''));
  } catch {
    const first = content.trimStart().split('\n', 1)[0] ?? '';
    if (/^\{.*"@level":/.test(first)) {
      refuse(
        subject,
        `is the log of terraform plan -json; pass it as --diagnostics, and pass the output of ${show} as --plan`,
      );
    }
    refuse(subject, `is not JSON; write ${show}`);
  }
  return checkPlan(parsed, subject);
}

/**
 * Checks that a parsed value is a plan with a known format version.
 * @throws InputError when it is something else.
 */
export function checkPlan(value: unknown, subject = 'plan'): JsonObject {
  if (!isObject(value)) refuse(subject, `is not a plan; write ${show}`);
  if (value['@level'] !== undefined) {
    refuse(
      subject,
      `is the log of terraform plan -json; pass it as --diagnostics, and pass the output of ${show} as --plan`,
    );
  }
  if (value['lineage'] !== undefined || (value['values'] !== undefined && value['resource_changes'] === undefined)) {
    refuse(subject, `is a state, not a plan; create one with terraform plan -out PLAN, then ${show}`);
  }
  if (value['resource'] !== undefined || value['terraform'] !== undefined) {
    refuse(subject, `is a configuration, not a plan; create one with terraform plan -out PLAN, then ${show}`);
  }
  const version = text(value['format_version']);
  const looksLikePlan = ['resource_changes', 'output_changes', 'planned_values', 'configuration'].some(
    (key) => key in value,
  );
  if (version === undefined || !looksLikePlan) refuse(subject, `is not a plan; write ${show}`);
  if (!/^1(\.|$)/.test(version)) {
    refuse(subject, `has format_version ${version.slice(0, 20)}; this tool reads 1.x: use a newer cdktf-stackato`);
  }
  return object(value);
}

function refuse(subject: string, message: string): never {
  throw new InputError(subject, [{ path: '', message, rule: 'plan-shape' }]);
}
