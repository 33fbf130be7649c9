import type { RuleCase } from './case';
import { dataCases } from './cases-data';
import { databaseCases } from './cases-databases';
import { driftCases } from './cases-drift';
import { firewallCases } from './cases-firewall';
import { machineCases } from './cases-machines';
import { nodeCases } from './cases-nodes';
import { planCases } from './cases-plan';
import { releaseCases } from './cases-releases';

/** Every rule over plans with a plan on which it speaks, and one close to it on which it must not. */
export const RULE_CASES: readonly RuleCase[] = [
  ...nodeCases,
  ...machineCases,
  ...dataCases,
  ...databaseCases,
  ...firewallCases,
  ...planCases,
  ...driftCases,
  ...releaseCases,
];
