import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import type { Command } from '../grammar';
import { readText, writeWhole } from '../place';
import { KatoError, type Session } from '../session';

export const deferredFile = '/home/stackato/.kato-deferred';

/** What `kato relocate` moves, and from where (7.3; services H, droplets M, containers L); 2.x kept them elsewhere. */
function source(session: Session, what: string): string {
  const old = session.product.storePort === 8046;
  if (what === 'services') return old ? '/var/vcap/services' : '/var/stackato/services';
  if (what === 'droplets') return old ? '/var/vcap/shared' : '/home/stackato/stackato/data';
  return '/var/stackato/containers';
}

async function relocate(session: Session, what: string, target: string): Promise<number> {
  if (!target.startsWith('/')) throw new KatoError(`the target must be an absolute path, not ${target}`);
  const report = await session.report();
  const running = report.roles.filter((role) => !report.stopped.includes(role));
  if (running.length > 0) throw new KatoError(`roles are running (${running.join(' ')}); kato stop first`);
  const [from, to] = [session.place.path(source(session, what)), session.place.path(target)];
  if (lstatSync(from, { throwIfNoEntry: false })?.isSymbolicLink()) {
    if (readlinkSync(from) === target) {
      session.out(`${what} are already in ${target}`);
      return 0;
    }
    throw new KatoError(`${what} were relocated before, to ${readlinkSync(from)}`);
  }
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

const setLicense = (session: Session, value: unknown) =>
  session.store({ op: 'set', component: 'cluster', path: 'license', value, force: true });

export const systemCommands: readonly Command[] = [
  ...['services', 'droplets', 'containers'].map(
    (what): Command => ({
      words: `relocate ${what}`,
      args: '<dir>',
      min: 1,
      since: '2.4',
      changes: true,
      facts: '7.3 H; paths of droplets M, of containers L',
      run: (session, { args: [dir] }) => relocate(session, what, dir!),
    }),
  ),
  {
    words: 'license set',
    args: '[<value>]',
    max: 1,
    since: '3.4',
    changes: true,
    facts: '2.4 H; form 18-17',
    run: async (session, { args: [value] }) => {
      const text = (value ?? session.stdin()).trim();
      if (text === '') throw new KatoError('the licence is empty');
      await setLicense(session, { key: text, enabled: false });
      return 0;
    },
  },
  ...(['enable', 'disable'] as const).map(
    (verb): Command => ({
      words: `license ${verb}`,
      since: '3.4',
      changes: true,
      facts: '2.4 H',
      run: async (session) => {
        const license = await session
          .store<Record<string, unknown>>({ op: 'get', component: 'cluster', path: 'license' })
          .catch(() => undefined);
        if (!license?.['key']) throw new KatoError('no licence is set; kato license set <value> first');
        await setLicense(session, { ...license, enabled: verb === 'enable' });
        return 0;
      },
    }),
  ),
  {
    words: 'op defer',
    args: '["<kato sub-command>"]',
    max: 1,
    flags: {
      root: { long: '--run-as-root' },
      'post-start': { long: '--post-start', since: '3.2' },
      reset: { long: '--reset' },
    },
    since: '2.10',
    changes: true,
    facts: '2.6 H; layout of the file L',
    run: async (session, { args: [text], flags }) => {
      const file = session.place.path(deferredFile);
      if (flags['reset'] !== undefined) {
        rmSync(file, { force: true });
        return 0;
      }
      if (text === undefined) throw new KatoError('say which command to defer', 2);
      if (text.startsWith('kato ')) throw new KatoError('the deferred command omits the word kato');
      const line = JSON.stringify({
        command: text,
        root: flags['root'] !== undefined,
        late: flags['post-start'] !== undefined,
      });
      writeWhole(file, `${readText(file) ?? '---\n'}- ${line}\n`);
      return 0;
    },
  },
  {
    words: 'version',
    facts: '2.7 H',
    run: async (session) => {
      session.out(`Stackato v${session.product.version.text}`);
      return 0;
    },
  },
];
