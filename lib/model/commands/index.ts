import type { Command } from '../grammar';

/** The files of commands by the first word that kato is called with: a call loads only what it may need. */
const groups: Readonly<Record<string, readonly (() => readonly Command[])[]>> = {
  node: [
    () => (require('./attach') as typeof import('./attach')).attachCommands,
    () => (require('./leave') as typeof import('./leave')).leaveCommands,
    () => (require('./setup') as typeof import('./setup')).setupCommands,
    () => (require('./node') as typeof import('./node')).nodeCommands,
    () => (require('./upkeep') as typeof import('./upkeep')).upkeepCommands,
    () => (require('./zone') as typeof import('./zone')).zoneCommands,
  ],
  role: [() => (require('./role') as typeof import('./role')).roleCommands],
  process: [() => (require('./process') as typeof import('./process')).processCommands],
  config: [() => (require('./config') as typeof import('./config')).configCommands],
  license: [() => (require('./license') as typeof import('./license')).licenseCommands],
  relocate: [() => (require('./relocate') as typeof import('./relocate')).relocateCommands],
  op: [
    () => (require('./op') as typeof import('./op')).opCommands,
    () => (require('./op-network') as typeof import('./op-network')).networkCommands,
  ],
  data: [() => (require('./data') as typeof import('./data')).dataCommands],
  log: [() => (require('./log') as typeof import('./log')).logCommands],
  patch: [() => (require('./patch') as typeof import('./patch')).patchCommands],
  inspect: [() => (require('./diagnose') as typeof import('./diagnose')).diagnoseCommands],
};

/** First words of other groups: the flat grammar's, and those that act without a noun. */
const other: Readonly<Record<string, keyof typeof groups>> = {
  start: 'role',
  stop: 'role',
  restart: 'role',
  status: 'process',
  version: 'inspect',
  history: 'inspect',
  info: 'node',
};

/** Commands that may be meant by a first word; none of them need be. */
export function commandsFor(word: string): Command[] {
  const group = Object.hasOwn(groups, word) ? word : Object.hasOwn(other, word) ? other[word] : undefined;
  return group === undefined ? [] : groups[group]!.flatMap((load) => load());
}

/** Every command of every version. */
export function allCommands(): Command[] {
  return Object.keys(groups).flatMap(commandsFor);
}
