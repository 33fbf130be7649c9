import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { dataFolder } from '../data-files';
import type { Command } from '../grammar';
import { KatoError, type Session } from '../session';

async function relocate(
  session: Session,
  what: 'services' | 'droplets' | 'containers',
  target: string,
): Promise<number> {
  if (!target.startsWith('/')) throw new KatoError(`the target must be an absolute path, not ${target}`);
  const report = await session.report();
  const running = report.roles.filter((role) => !report.stopped.includes(role));
  if (running.length > 0) throw new KatoError(`roles are running (${running.join(' ')}); kato stop first`);
  const [from, to] = [session.place.path(dataFolder(session.product, what)), session.place.path(target)];
  if (lstatSync(from, { throwIfNoEntry: false })?.isSymbolicLink()) {
    if (readlinkSync(from) === target) {
      session.out(`${what} are already in ${target}`);
      return 0;
    }
    throw new KatoError(`${what} were relocated before, to ${readlinkSync(from)}`);
  }
  const real = (path: string) => (existsSync(path) ? realpathSync(path) : path);
  if (`${real(from)}/`.startsWith(`${real(to)}/`) || `${real(to)}/`.startsWith(`${real(from)}/`))
    throw new KatoError(`${target} and where ${what} are lie inside of each other`);
  try {
    accessSync(to, constants.W_OK);
  } catch {
    throw new KatoError(`${target} does not exist or stackato may not write to it; make it first`);
  }
  if (existsSync(from)) cpSync(from, to, { recursive: true, preserveTimestamps: true });
  // The link is made beside and renamed over: there is always one of the two.
  const [aside, draft] = [`${from}.before-relocation`, `${from}.draft`];
  symlinkSync(target, draft);
  if (existsSync(from)) renameSync(from, aside);
  renameSync(draft, from);
  rmSync(aside, { recursive: true, force: true });
  session.out(`${what} relocated to ${target}`);
  return 0;
}

export const relocateCommands: readonly Command[] = (['services', 'droplets', 'containers'] as const).map((what) => ({
  words: `relocate ${what}`,
  args: '<dir>',
  min: 1,
  since: '2.4',
  changes: true,
  facts: '2.7, 7.3 H; paths of droplets M, of containers L',
  run: (session, { args: [dir] }) => relocate(session, what, dir!),
}));
