/**
 * Plan reviews: what a Terraform or OpenTofu plan means for the nodes, roles and data of a cluster. They read the
 * output of `terraform show -json` and need no network, no credentials and no cdktf.
 */
export type { Audience } from '../kato/facts';
export type { Cause, Consequence } from './cluster/causes';
export type { Counts, ResourceLine } from './cluster/counts';
export type { Name } from './cluster/names';
export type { Figure } from './cluster/numbers';
export {
  atOrAbove,
  type Evidence,
  type Finding,
  type Impact,
  type RemedyStep,
  SEVERITIES,
  type Severity,
} from './finding';
export type { Diagnostic } from './plan/diagnostics';
export { checkPlan, parsePlan } from './plan/plan-file';
export { renderJson } from './print/json';
export { type MarkdownOptions, renderMarkdown } from './print/markdown';
export { type Colors, renderText, type TextOptions } from './print/text';
export { redactPlan } from './redact/plan';
export {
  checkSeverities,
  DEFAULT_FAIL_ON,
  type Review,
  type ReviewOptions,
  reviewPlan,
} from './review';
export type { Explanation, ReviewRule } from './rule';
export { findRule, rules, rulesTable } from './rules';
export type { Verdict } from './verdict';
