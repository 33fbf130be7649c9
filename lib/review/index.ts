/**
 * Plan reviews: what a Terraform or OpenTofu plan means for the nodes, roles and data of a cluster. Reads
 * `terraform show -json`; needs no network, no credentials and no cdktf.
 */
export type { Cause, Consequence } from './causes';
export type { Counts, ResourceLine } from './counts';
export type { Diagnostic } from './diagnostics';
export {
  type Audience,
  atOrAbove,
  type Evidence,
  type Finding,
  type Impact,
  type RemedyStep,
  SEVERITIES,
  type Severity,
} from './finding';
export type { Name } from './names';
export type { Figure } from './numbers';
export { checkPlan, parsePlan } from './plan-file';
export { redactPlan } from './redact-plan';
export { renderJson } from './render-json';
export { type MarkdownOptions, renderMarkdown } from './render-markdown';
export { type Colors, renderText, type TextOptions } from './render-text';
export {
  checkSeverities,
  DEFAULT_FAIL_ON,
  type Review,
  type ReviewOptions,
  reviewPlan,
} from './review';
export type { Explanation, Rule } from './rule';
export { findRule, rules, rulesTable } from './rules';
export type { Verdict } from './verdict';
