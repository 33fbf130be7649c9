import { count } from '../../base/input';
import { object, same } from '../../base/json';
import { recordedName } from '../../topology/kept';
import { code, codes, type Draft } from '../finding';
import type { Change } from '../plan/plan';
import { type Context, named, type ReviewRule } from '../rule';

/** Attributes without effect on how a resource works. */
const COSMETIC = new Set(['tags', 'tags_all', 'description', 'metadata', 'timeouts']);
/** Attributes that the provider computes from cosmetic ones. */
const DERIVED = new Set(['all_metadata', 'all_tags', 'updated_at']);

/** Whether an update touches only tags, descriptions and the like. */
export function isCosmetic(change: Change): boolean {
  if (change.kind !== 'update') return false;
  const keys = new Set([
    ...Object.keys(change.before ?? {}),
    ...Object.keys(object(change.afterUnknown)),
    ...Object.keys(change.after ?? {}),
  ]);
  const changed = [...keys].filter((key) => !same(change.before?.[key], change.after?.[key]));
  return changed.length > 0 && changed.every((key) => COSMETIC.has(key) || DERIVED.has(key));
}

const changedOutputs = (context: Context) => context.plan.outputs.filter((output) => output.changed);

export const nothingChanged: ReviewRule = {
  id: 'nothing-changed',
  severity: 'info',
  title: 'Nothing changes',
  explain: {
    means: 'The cloud matches the declaration.',
    reads: 'resource_changes and output_changes without any action',
    todo: 'Nothing.',
  },
  find(context) {
    if (context.plan.errored || context.changes.length > 0 || changedOutputs(context).length > 0) return [];
    return [{ subject: 'plan', statement: 'nothing changes: the cloud matches the declaration' }];
  },
};

export const outputsOnly: ReviewRule = {
  id: 'outputs-only',
  severity: 'info',
  title: 'Only outputs change',
  explain: {
    means: 'The apply writes the state and changes no resource.',
    reads: 'output_changes with an action where resource_changes has none',
    todo: 'Nothing, but other findings may name steps on running nodes.',
  },
  find(context) {
    const outputs = changedOutputs(context);
    if (context.plan.errored || context.changes.length > 0 || outputs.length === 0) return [];
    return [
      {
        subject: 'outputs',
        statement: `only ${outputs.length === 1 ? 'an output changes' : 'outputs change'}, no resources: ${codes(outputs.map((o) => o.name))}`,
        evidence: outputs.slice(0, 5).map((o) => ({ path: `output_changes.${o.name}.actions`, value: 'changes' })),
      },
    ];
  },
};

export const tagsOnly: ReviewRule = {
  id: 'tags-only',
  severity: 'info',
  title: 'Only tags and descriptions change',
  explain: {
    means: 'The resources work as before.',
    reads: 'the attributes that differ in each update: tags, description, metadata',
    todo: 'Nothing.',
  },
  find(context) {
    const cosmetic = context.changes.filter(isCosmetic);
    if (cosmetic.length === 0) return [];
    const all = cosmetic.length === context.changes.length;
    return [
      {
        subject: 'tags',
        statement: `${all ? 'only tags and descriptions change' : 'tags and descriptions change'} on ${count(cosmetic.length, 'resource')}`,
        addresses: cosmetic.map((c) => c.address),
      },
    ];
  },
};

export const planBlocked: ReviewRule = {
  id: 'plan-blocked',
  severity: 'info',
  title: 'Terraform refuses the plan',
  explain: {
    means:
      'Terraform stopped while planning (prevent_destroy, a failed precondition, an error) and cannot apply. The review covers the changes listed until then; the list may be partial.',
    reads: 'errored in the plan; errors in the log of `terraform plan -json` given as --diagnostics',
    todo: 'Fix the error. Do not remove prevent_destroy while the review reports data loss.',
  },
  find(context) {
    const { plan, diagnostics } = context;
    if (!plan.errored) return [];
    const errors = diagnostics.filter((d) => d.severity === 'error');
    const protectedOnes = errors.flatMap((d) => (d.preventDestroy && d.address ? [d.address] : []));
    const statement = protectedOnes.length
      ? `Terraform refuses this plan: ${code('prevent_destroy')} protects ${codes(protectedOnes.map((address) => named(context, recordedName(address) ?? address)))}; below is what it would do`
      : errors[0]
        ? `Terraform refuses this plan: ${sentence(context.redactor.text(errors[0].summary))}; below is what it would do`
        : 'Terraform refuses this plan; below is what it would do (pass the log of `terraform plan -json` as --diagnostics to see why)';
    const draft: Draft = {
      subject: 'plan',
      statement,
      consequences: ['nothing can be applied; the list of changes may be partial, without those after the error'],
      evidence: [{ path: 'errored', value: 'true' }],
      remedy: protectedOnes.length
        ? [
            {
              when: 'instead',
              text: 'undo the change; or, if the data may go, name it under `release` in the declaration',
            },
          ]
        : [],
      addresses: protectedOnes,
    };
    return [draft];
  },
};

/** A message of Terraform inside our sentence. */
function sentence(words: string): string {
  return code(words.replace(/\.$/, ''));
}

export const genericReview: ReviewRule = {
  id: 'generic-review',
  severity: 'info',
  title: 'A review without a cluster',
  explain: {
    means:
      'The plan has no stackato_manifest, so the review knows resources, but not nodes, roles and data. It still checks volumes, databases, buckets and open ports.',
    reads: 'output_changes.stackato_manifest is absent',
    todo: 'Nothing, if the stack is not a Stackato cluster. Else add the output (the library writes it).',
  },
  find({ plan, cluster, changes }) {
    if (cluster || (changes.length === 0 && !plan.errored)) return [];
    return [
      {
        subject: 'plan',
        statement:
          'this is a generic review: the plan has no output `stackato_manifest`, so the review knows resources, but not nodes, roles and data',
        evidence: [{ path: 'output_changes.stackato_manifest', value: 'absent' }],
      },
    ];
  },
};

export const checkFailed: ReviewRule = {
  id: 'check-failed',
  severity: 'info',
  title: 'A check of the configuration fails',
  explain: {
    means: 'A check block reports a failed condition. Terraform continues all the same.',
    reads: 'checks with status fail or error',
    todo: 'Read its message.',
  },
  find({ plan, redactor }) {
    return plan.checks.flatMap((check, i): Draft[] => {
      if (check.status !== 'fail' && check.status !== 'error') return [];
      const message = check.messages[0] ? `: ${redactor.text(check.messages[0])}` : '';
      return [
        {
          subject: check.address,
          statement: `check ${code(check.address)} fails${message && `: ${code(message.slice(2))}`}`,
          evidence: [{ path: `checks[${i}].status`, value: check.status }],
        },
      ];
    });
  },
};
