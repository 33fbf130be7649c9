import { parse } from 'yaml';
import { quoteAlways } from '../../base/shell';
import { type Part, readUserData } from './user-data';

/** What cloud-init 0.6.3 does with a node's user data (facts 4.3, and design §4: no `write_files`). */
export interface CloudInit {
  /** Run by sh at every boot, early. */
  readonly bootcmd?: string;
  /** Run at every boot, before anything else of the late phase. */
  readonly boothooks: readonly Script[];
  /** Run once per instance, late, in order of their names. */
  readonly scripts: readonly Script[];
  /** For the console: parts of user data that had no effect. */
  readonly ignored: readonly string[];
}

export interface Script {
  readonly name: string;
  readonly text: string;
}

/** Keys that 0.6.3 acts on and the model counts as done. */
const harmless = [
  'ssh_authorized_keys',
  'chpasswd',
  'ssh_pwauth',
  'output',
  'manage_etc_hosts',
  'hostname',
  'apt_update',
];

/** Reads user data; never fails: unreadable parts have no effect and are reported. */
export function cloudInit(raw: Buffer): CloudInit {
  const ignored: string[] = [];
  let parts: Part[] = [];
  try {
    parts = readUserData(raw);
  } catch (error) {
    ignored.push(`user data: ${(error as Error).message}`);
  }
  for (const part of parts.filter((p) => p.kind === 'ignored')) ignored.push(`${part.name}: unknown kind of user data`);
  const config: Record<string, unknown> = {};
  // Parts are merged: the last of equal keys wins.
  for (const part of parts.filter((p) => p.kind === 'config')) {
    try {
      const value: unknown = parse(part.text, { version: '1.1', logLevel: 'error' });
      if (value !== null && typeof value === 'object' && !Array.isArray(value)) Object.assign(config, value);
      else ignored.push(`${part.name}: cloud-config is not a map`);
    } catch (error) {
      ignored.push(`${part.name}: ${(error as Error).message.split('\n')[0]}`);
    }
  }
  for (const key of Object.keys(config)) {
    if (!['bootcmd', 'runcmd', ...harmless].includes(key))
      ignored.push(`cloud-config ${key}: not known to 0.6.3, or not modelled`);
  }
  const runcmd = shell(config['runcmd'], 'runcmd', ignored);
  const scripts = parts.filter((p) => p.kind === 'script').map(({ name, text }) => ({ name, text }));
  if (runcmd !== undefined) scripts.push({ name: 'runcmd', text: runcmd });
  scripts.sort((a, b) => (a.name < b.name ? -1 : 1));
  const boothooks = parts.filter((p) => p.kind === 'boothook').map(({ name, text }) => ({ name, text }));
  return { bootcmd: shell(config['bootcmd'], 'bootcmd', ignored), boothooks, scripts, ignored };
}

/** A list of commands as a script: a string is a line of shell, a list is words that are not expanded. */
function shell(value: unknown, key: string, ignored: string[]): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) {
    ignored.push(`cloud-config ${key}: not a list`);
    return undefined;
  }
  const line = (item: unknown) =>
    Array.isArray(item) ? item.map((word) => quoteAlways(String(word))).join(' ') : String(item);
  return `#!/bin/sh\n${value.map(line).join('\n')}\n`;
}
