import { appendFileSync, rmSync } from 'node:fs';
import { deferredFile, runDeferredNow } from '../deferred';
import type { Call, Command } from '../grammar';
import { readText } from '../place';
import { KatoError, type Session } from '../session';
import { parseYaml, type Value } from '../yaml';
import { writeHosts } from './hosts-file';

/** Writes one key of the cluster's store, whatever stood there. */
const put = (session: Session, component: string, path: string, value: Value) =>
  session.store({ op: 'set', component, path, value, force: true });

/** What `kato op regenerate` makes anew, by version (2.6, H). */
const regenerated =
  /^(all|mysql|postgresql|ssh_keys|ssl_cert|token-signing-secret|cloud-controller-[a-z-]+|stackato-rest-auth|stackato-router-auth)$/;

async function regenerate(session: Session, { args: [what] }: Call): Promise<number> {
  if (!regenerated.test(what!)) throw new KatoError(`cannot regenerate ${what}`, 2);
  session.out(`regenerated ${what}`);
  return 0;
}

async function defer(session: Session, { args: [text], flags }: Call): Promise<number> {
  const file = session.place.path(deferredFile);
  if (flags['reset'] !== undefined) {
    rmSync(file, { force: true });
    return 0;
  }
  if (text === undefined) throw new KatoError('say which command to defer', 2);
  if (text.startsWith('kato ')) throw new KatoError('the deferred command omits the word kato');
  const line = { command: text, root: flags['root'] !== undefined, late: flags['post-start'] !== undefined };
  // Appended: another one may be deferring at the same time.
  appendFileSync(file, `- ${JSON.stringify(line)}\n`);
  return 0;
}

/** Certificates by domain; what somebody else wrote there instead counts as none. */
async function certificates(session: Session): Promise<Record<string, Value>> {
  const all = await session.store<Value>({ op: 'get', component: 'router2g', path: 'custom_ssl' }).catch(() => ({}));
  return typeof all === 'object' && all !== null && !Array.isArray(all) ? (all as Record<string, Value>) : {};
}

/** A certificate with a name of its own on this router (2.6, H; where it is kept L). */
async function installCertificate(
  session: Session,
  { args: [key, certificate, domain], flags }: Call,
): Promise<number> {
  for (const file of [key!, certificate!])
    if (readText(session.place.path(file)) === undefined) throw new KatoError(`no such file: ${file}`);
  const value = { key: key!, certificate: certificate!, wildcard: flags['wildcard'] !== undefined };
  const all = await certificates(session);
  const known = Object.hasOwn(all, domain!);
  if (known && flags['update'] === undefined)
    throw new KatoError(`${domain} has a certificate; --update on further routers`);
  await put(session, 'router2g', 'custom_ssl', { ...all, [domain!]: value });
  return 0;
}

async function importYaml(session: Session, { args }: Call): Promise<number> {
  for (const file of args) {
    const text = readText(session.place.path(file));
    if (text === undefined) throw new KatoError(`no such file: ${file}`);
    const name = file.replace(/^.*\//, '').replace(/\.ya?ml$/, '');
    await put(session, name, '/', parseYaml(text));
  }
  return 0;
}

export const opCommands: readonly Command[] = [
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
    run: defer,
  },
  {
    words: 'op run_deferred',
    flags: { late: { long: '--post-start', since: '3.2' } },
    since: '2.10',
    changes: true,
    facts: '2.6 H',
    run: async (session, { flags }) => runDeferredNow(session, flags['late'] !== undefined),
  },
  {
    words: 'op remap_hosts',
    args: '<old> <new>',
    min: 2,
    since: '2.8',
    changes: true,
    facts: '2.6 H; from 2.8 on L; effect L: there are no applications',
    run: async (session, { args: [before, after] }) => {
      session.out(`URLs of applications remapped from ${before} to ${after}`);
      return 0;
    },
  },
  {
    words: 'op update_hostsfile',
    since: '2.8',
    changes: true,
    facts: '2.6, 3.1 H; from 2.8 on L',
    run: async (session) => {
      const { mbusip, address } = await session.report();
      const endpoint = await session.store<Value>({ op: 'get', component: 'cluster', path: 'endpoint' });
      writeHosts(session.place, mbusip === '127.0.0.1' ? address : mbusip, String(endpoint));
      return 0;
    },
  },
  {
    words: 'op max_client_upload',
    args: '<MB>',
    min: 1,
    since: '2.8',
    changes: true,
    facts: '2.6 H; from 2.8 on, and the key, L',
    run: async (session, { args: [megabytes] }) => {
      if (!/^[1-9]\d*$/.test(megabytes!)) throw new KatoError(`not a number of MB: ${megabytes}`, 2);
      const component = session.product.storePort === 7474 ? 'cloud_controller_ng' : 'cloud_controller';
      await put(session, component, 'max_client_upload', Number(megabytes));
      return 0;
    },
  },
  {
    words: 'op set_timezone',
    flags: { timezone: { long: '--timezone', value: 'TZ' } },
    since: '3.0',
    changes: true,
    facts: '2.6 H: boots in UTC',
    run: async (session, { flags }) => {
      const zone = flags['timezone'];
      if (zone === undefined || !/^[A-Za-z_+-]+(\/[A-Za-z0-9_+-]+)*$/.test(zone))
        throw new KatoError('name --timezone', 2);
      await session.supervisor({ op: 'set', component: 'local', path: 'timezone', value: zone, force: true });
      return 0;
    },
  },
  {
    words: 'op regenerate',
    args: '<what>',
    min: 1,
    flags: { prompt: { long: '--no-prompt' }, restart: { long: '--no-restart' } },
    since: '3.0',
    changes: true,
    facts: '2.6 H; the list is that of 3.4, from 3.0 on L',
    run: regenerate,
  },
  {
    words: 'op custom_ssl_cert install',
    args: '<key> <cert> <domain>',
    min: 3,
    flags: { wildcard: { long: '--wildcard-subdomains' }, update: { long: '--update' } },
    since: '3.0.1',
    changes: true,
    facts: '2.6 H; where it is kept L',
    run: installCertificate,
  },
  {
    words: 'op custom_ssl_cert remove',
    args: '<domain>',
    min: 1,
    since: '3.0.1',
    changes: true,
    facts: '2.6 H',
    run: async (session, { args: [domain] }) => {
      const { [domain!]: gone, ...rest } = await certificates(session);
      if (gone === undefined) throw new KatoError(`no certificate for ${domain}`);
      await put(session, 'router2g', 'custom_ssl', rest);
      return 0;
    },
  },
  {
    words: 'op custom_ssl_cert list',
    since: '3.0.1',
    facts: '2.6 H',
    run: async (session) => {
      for (const domain of Object.keys(await certificates(session)).sort()) session.out(domain);
      return 0;
    },
  },
  {
    words: 'op generate_service_tokens',
    since: '3.0',
    changes: true,
    facts: '2.6 H',
    run: async (session) => {
      session.out('service tokens generated');
      return 0;
    },
  },
  ...['op import_from_yaml_file', 'op import_from_yaml_files'].map(
    (words): Command => ({
      words,
      args: '<file>...',
      min: 1,
      max: 99,
      since: '3.0',
      changes: true,
      facts: '2.6 H; that the file name is the component L',
      run: importYaml,
    }),
  ),
];
