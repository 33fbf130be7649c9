import type { ReviewRule } from '../rule';
import { forgotten, imported, leftOver, moved } from './apart';
import { clusterDestroyed, dataNodeRemoved, firstDeployment, nodeRemoved, roleGone } from './cluster';
import { configChanged } from './config';
import { coreAddressChanged, coreOnRoot, coreReplaced } from './core';
import { databaseEndpoint, databasePassword } from './database-keys';
import { databasePublic, databaseUpgraded, databaseUpgradeFails } from './database-versions';
import { databaseDeleteFails, databaseLost, databaseReplaced } from './databases';
import { deaAdded, deaRemoved } from './deas';
import { driftOpened, driftSeen } from './drift';
import { portOpened, ruleRemoved, webOpened } from './firewall';
import { imageChanged } from './images';
import { bootIgnored, bootWithoutEffect, machineResized, machineRestarted, serverWiped } from './machines';
import { dataNodeReplaced, nodeDataLost, nodeReplaced, poolReplaced, roleUndescribed } from './nodes';
import { checkFailed, genericReview, nothingChanged, outputsOnly, planBlocked, tagsOnly } from './plan';
import { releaseMissing, releaseOpen } from './releases';
import { databaseRenamed, poolRenamed } from './renames';
import { secretInPlain } from './secrets';
import { databaseGrows, databaseResized, volumeGrows, volumeShrink } from './sizes';
import { flavorDeleted, machineStopped } from './stopped';
import { storeLost } from './stores';
import { volumeArchived, volumeLost, volumeReplaced } from './volumes';

/** Every rule of a review. Findings of one severity are shown in this order. */
export const rules: readonly ReviewRule[] = [
  nodeDataLost,
  volumeLost,
  databaseLost,
  storeLost,
  serverWiped,

  clusterDestroyed,
  coreReplaced,
  coreAddressChanged,
  poolReplaced,
  roleGone,
  dataNodeReplaced,
  dataNodeRemoved,
  volumeReplaced,
  volumeShrink,
  databaseReplaced,
  databaseDeleteFails,
  databasePassword,
  databaseEndpoint,
  databaseResized,
  databaseUpgraded,
  databaseUpgradeFails,
  ruleRemoved,
  machineResized,
  bootWithoutEffect,
  releaseMissing,

  portOpened,
  databasePublic,
  driftOpened,
  secretInPlain,

  deaRemoved,
  deaAdded,
  nodeReplaced,
  nodeRemoved,
  machineRestarted,

  planBlocked,
  firstDeployment,
  coreOnRoot,
  poolRenamed,
  databaseRenamed,
  nothingChanged,
  outputsOnly,
  tagsOnly,
  configChanged,
  imageChanged,
  bootIgnored,
  roleUndescribed,
  webOpened,
  releaseOpen,
  volumeArchived,
  volumeGrows,
  machineStopped,
  flavorDeleted,
  databaseGrows,
  genericReview,
  forgotten,
  leftOver,
  imported,
  moved,
  checkFailed,
  driftSeen,
];

/** The rule with that id, or undefined. */
export function findRule(id: string): ReviewRule | undefined {
  return rules.find((rule) => rule.id === id);
}

/** The rules as a Markdown table, for the documentation. */
export function rulesTable(): string {
  const rows = rules.map((rule) => `| \`${rule.id}\` | ${rule.severity} | ${rule.title} | ${rule.explain.todo} |`);
  return ['| Rule | Severity | What it says | What to do |', '|---|---|---|---|', ...rows].join('\n');
}
