import { InvalidArgumentError, Option } from 'commander';

/** Which of the declared clouds to use. */
export const cloud = () => new Option('--cloud <name>', 'which of the declared clouds').choices(['aws', 'openstack']);

export const mirror = [
  '--mirror <folder>',
  'folder of provider plugins, as <host>/<namespace>/<name>/<version>/<platform>',
] as const;

export const practice = ['--practice', 'use the practice cloud on this machine, never a real account'] as const;

export const engine = ['--engine <program>', 'terraform or tofu'] as const;

export const autoApprove = ['--auto-approve', 'do not ask for confirmation'] as const;

export const onlyNodes = ['--node <names...>', 'only these nodes'] as const;

export const identity = ['--identity <file>', "private key of the cluster's key pair"] as const;

export const user = ['--user <name>', 'login on the nodes', 'stackato'] as const;

/** Values of a repeatable option. */
export const collected = (word: string, before: readonly string[] = []) => [...before, word];

export function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('write a number, from 0 to 999999999');
}

export function wholeSeconds(text: string): number {
  const seconds = Number(text);
  if (Number.isInteger(seconds) && seconds > 0 && seconds <= 86_400) return seconds;
  throw new InvalidArgumentError('write seconds, from 1 to 86400');
}
