import { quote } from '../base/shell';
import { KEPT_FOLDERS } from './boot';
import { katoWords } from './commands';
import { ENGINE, HEAD, INSTALL } from './engine';
import { ROLE_GROUPS } from './roles';
import { following, LYING, SHELL, STATUS } from './shell';
import { type Action, type Hole, type KatoAction, type Step, stageLimit, type Word } from './step';
import { atLeast, type KatoVersion } from './version';

/** A value that a cloud fills in: a literal, or text that Terraform completes. */
export interface Fillings {
  readonly coreAddress: string;
}

/**
 * The shell functions by which nodes query their cloud: `get NAME` (prints a secret's value, or an error with its type),
 * `put NAME FILE`, `db NAME ATTRIBUTE` (host, port, user, password, managed) and `zone` (prints the availability zone).
 * `passwords`, where the cloud may change those of databases by itself: prints a checksum of those of the databases in `$DB`.
 * A script contains only the functions that it calls.
 */
export type Carrier = Readonly<Record<string, { readonly needs?: readonly string[]; readonly text: string }>>;

export interface BootText {
  /** Cluster and pool, for the script's first line. */
  readonly title: string;
  readonly version: KatoVersion;
  readonly steps: readonly Step[];
  readonly carrier: Carrier;
}

/** A pool's boot script, POSIX sh. */
export function renderBoot(boot: BootText, fill: Fillings): string {
  const stages = groupByStage(boot.steps);
  const renews = boot.carrier['passwords'] !== undefined && databasesOf(boot.steps).length > 0;
  const bodies = stages.map(([name, actions]) => {
    const body = actions.map((a) => lines(boot.version, a, name));
    return `s_${id(name)}() {\n${(renews && name === 'database' ? noted(body) : body).join('\n')}\n}`;
  });
  const disk = boot.steps.map((s) => s.action).find((a) => a.do === 'mount');
  const lying = atLeast(boot.version, '3.4.1') ? {} : LYING;
  const hasCore = boot.steps.some(({ action }) => action.do === 'wait-core');
  const mount = disk?.do === 'mount' ? disk.mount : undefined;
  const follow = (atLeast(boot.version, '2.8') ? SHELL : STATUS)['follow']!.text;
  const library = { ...SHELL, ...following({ follow, hasCore, renews, mount }), ...lying, ...boot.carrier };
  const follows = hasCore || renews || mount !== undefined;
  const kept = boot.steps.map((s) => s.action).find((a) => a.do === 'keep-folders');
  const used = closure([...bodies, follows ? 'follow' : '', kept ? 'awake' : ''].join('\n'), library);
  return [
    '#!/bin/sh',
    `# First boot of ${boot.title}. Log: /var/log/stackato-node.log`,
    HEAD,
    `CORE='${fill.coreAddress}'`,
    ...(renews ? [`DB='${databasesOf(boot.steps).join(' ')}'`] : []),
    ...used.map((name) => library[name]!.text),
    ...bodies,
    ENGINE,
    `[ ! -f $D/done/boot ] || { ${kept?.do === 'keep-folders' ? laterBoot(kept.mount) : `later ${mount ?? "''"}`}; ${follows ? 'follow; ' : ''}exit 0; }`,
    INSTALL,
    ...stages.map(([name]) => `stage ${id(name)} ${stageLimit(name)}`),
    'touch $D/done/boot; say boot done $(up)',
    ...(follows ? ['follow'] : []),
    '',
  ].join('\n');
}

/** What a later boot of a core with a disk does: it mounts the disk, and starts the product again if the disk was not there when it started. */
const laterBoot = (mount: string) =>
  `w=; mountpoint -q ${mount} || w=1; later ${mount}; [ -z "$w" ] || attempt awake $(($(up) + 900))`;

/** The user data of a pool: the form that cloud-init 0.6.3 accepts, which has no `write_files` (facts §4). */
export function renderUserData(boot: BootText, fill: Fillings): string {
  const script = renderBoot(boot, fill);
  if (!atLeast(boot.version, '3.0')) return script;
  // The image waits 90 s for its configuration store at first boot; slow machines need more (facts §4.3-2; M).
  const patience = 'sed -i s/90/300/ /home/stackato/stackato/etc/firstboot/tasks/05-wait-for-config-redis.sh || true';
  const part = (type: string, text: string) => `--=stackato\nContent-Type: text/${type}\n\n${text}\n`;
  return [
    'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="=stackato"\n\n',
    part('cloud-config', `#cloud-config\nbootcmd:\n - ${patience}`),
    part('x-shellscript', script),
    '--=stackato--\n',
  ].join('');
}

/**
 * A script for a core that an earlier build made: it moves to the mounted volume what such a core keeps on its root disk, as
 * today's first boot does. It may be run again after any failure.
 */
export function renderMove(mount: string, folders: readonly string[] = keptFolders()): string {
  const call = `${keepLine({ do: 'keep-folders', mount, folders })}\nkeptdata ${quote(mount)}`;
  const library = { ...SHELL, ...LYING };
  return [
    '#!/bin/sh',
    `# Moves what the core of Stackato 3.x keeps to its volume, ${mount}, and leaves links. Run it as root on the core.`,
    HEAD,
    'umask 022; mkdir -p $D; END=$(($(up) + 86400)); flock -n $D/lock true || { echo "its boot runs"; exit 1; }',
    ...closure(call, library).map((name) => library[name]!.text),
    call,
    'echo "all that this core keeps is on its volume"',
    '',
  ].join('\n');
}

const keptFolders = () => Object.entries(KEPT_FOLDERS).map((pair) => pair.join(':'));

function groupByStage(steps: readonly Step[]): [string, Action[]][] {
  const stages = new Map<string, Action[]>();
  for (const { stage, action } of steps) stages.set(stage, [...(stages.get(stage) ?? []), action]);
  return [...stages];
}

/** The databases whose access data the steps read, sorted. */
function databasesOf(steps: readonly Step[]): readonly string[] {
  const words = steps.flatMap(({ action }) => Object.values(action) as readonly unknown[]).flat();
  const names = words.flatMap((word) =>
    typeof word === 'object' && word !== null && (word as Hole).hole === 'database'
      ? [(word as { name: string }).name]
      : [],
  );
  return [...new Set(names)].sort();
}

/** A stage that notes which passwords it has set: those that it read at its beginning. */
const noted = (body: readonly string[]) => ['  H=$(passwords) || exit 1', ...body, '  echo "$H" >$D/passwords'];

/** Stage names become shell functions. */
const id = (stage: string) => stage.replaceAll('-', '_');

function lines(version: KatoVersion, action: Action, stage: string): string {
  switch (action.do) {
    case 'run': {
      const words = action.words.map(quoteWord);
      const fetch = action.words.flatMap(fetches).map((f) => `  ${f}`);
      const as = action.as === 'stackato' ? 'asuser ' : '';
      const name = label(action.words.slice(0, 1));
      return [...fetch, `  doing ${quote(name)}`, `  ${as}${words.join(' ')} || fail ${quote(`${name} failed`)}`].join(
        '\n',
      );
    }
    case 'write': {
      let end = 'STACKATO_END';
      while (action.content.includes(end)) end += '_';
      const path = quote(action.path);
      const folder = quote(action.path.replace(/\/[^/]*$/, '') || '/');
      const put = `mkdir -p ${folder} && cat >${path}.new <<'${end}' && chmod ${action.mode ?? '644'} ${path}.new && mv ${path}.new ${path}`;
      return `  ${put} || fail ${quote(`cannot write ${action.path}`)}\n${action.content.replace(/\n?$/, '\n')}${end}`;
    }
    case 'wait-core':
      return `  port ${action.port} ${quote(action.why)}`;
    case 'wait-database':
      return [
        ...fetches({ hole: 'database', name: action.name, attribute: 'host' }),
        ...fetches({ hole: 'database', name: action.name, attribute: 'port' }),
        `answers "$DB_host" "$DB_port" ${quote(`database ${action.name}`)}`,
      ]
        .map((line) => `  ${line}`)
        .join('\n');
    case 'verify-process':
      return `  running ${quote(action.process)}`;
    case 'mount':
      return `  disk ${action.gib} ${quote(action.mount)}`;
    case 'share':
      return `  share ${action.name} ${action.files.map(quote).join(' ')}`;
    case 'take':
      return `  take ${action.name}`;
    case 'make-key':
      return '  makekey';
    case 'trust-key':
      return '  trust';
    case 'keep-folders':
      return `  ${keepLine(action)}`;
    case 'verify-kept':
      return `  keptdata ${quote(action.mount)}`;
    case 'verify-roles': {
      const others = ['mdns', ...ROLE_GROUPS['microcloud']!].filter((r) => r !== 'base' && !action.roles.includes(r));
      return `  roles ${quote(action.roles.join(' '))} ${quote(others.filter((r) => r !== 'primary').join(' '))}`;
    }
    case 'reboot':
      return `  touch $D/done/${id(stage)} && sync || fail "cannot write in $D"\n  doing reboot; reboot && sleep 600; fail 'it did not reboot'`;
    case 'setup-core':
      return `  network\n${katoLine(version, action)}`;
    case 'ready':
      return `  ready ${katoWords(version, action).map(quoteWord).join(' ')}`;
    default:
      return katoLine(version, action);
  }
}

const keepLine = ({ mount, folders }: Extract<Action, { do: 'keep-folders' }>) =>
  `keepdata ${[mount, ...folders].map(quote).join(' ')}`;

/** One kato command. A command with secrets fetches them first, and the log shows only its first words. */
function katoLine(version: KatoVersion, action: KatoAction): string {
  const words = katoWords(version, action);
  const fetch = words.flatMap(fetches);
  if (!fetch.length) return `  k ${words.map(quoteWord).join(' ')}`;
  const secret = words.some((w) => parts(w).some((p) => typeof p !== 'string' && isSecret(p)));
  return [...fetch, `${secret ? `kq ${quote(label(words))}` : 'k'} ${words.map(quoteWord).join(' ')}`]
    .map((l) => `  ${l}`)
    .join('\n');
}

/** Words as a log may show them: holes by kind. */
const label = (words: readonly Word[]) =>
  words
    .map((w) =>
      parts(w)
        .map((p) => (typeof p === 'string' ? p : `(${p.hole})`))
        .join(''),
    )
    .join(' ');

const parts = (word: Word): readonly (string | Hole)[] =>
  typeof word === 'string' ? [word] : 'hole' in word ? [word] : word;
const isSecret = (hole: Hole) => hole.hole === 'secret' || (hole.hole === 'database' && hole.attribute === 'password');

/** Assignments that fetch the values of a word. A failed fetch must end the attempt; inside the command it would not. */
function fetches(word: Word): readonly string[] {
  return parts(word).flatMap((part) => {
    if (typeof part === 'string') return [];
    if (part.hole === 'secret') return [`${variable(part)}=$(secret ${quote(part.name)}) || exit 1`];
    if (part.hole === 'node.zone') return ['ZONE=$(zone) || fail "the metadata service does not say the zone"'];
    if (part.hole === 'database') return [`${variable(part)}=$(db ${quote(part.name)} ${part.attribute}) || exit 1`];
    return [];
  });
}

function variable(hole: Hole): string {
  switch (hole.hole) {
    case 'core.address':
      return 'CORE';
    case 'node.zone':
      return 'ZONE';
    case 'secret':
      return `S_${hole.name.replace(/\W/g, '_')}`;
    case 'database':
      return `DB_${hole.attribute}`;
  }
}

function quoteWord(word: Word): string {
  return parts(word)
    .map((p) => {
      if (typeof p === 'string') return quote(p);
      return 'inText' in p ? `"$(js "$${variable(p)}")"` : `"$${variable(p)}"`;
    })
    .join('');
}

/** The library functions that the text calls, directly or indirectly, in the library's order. */
function closure(text: string, library: Carrier): readonly string[] {
  const used = new Set<string>();
  const visit = (source: string) => {
    const words = new Set(source.match(/[\w-]+/g));
    for (const [name, entry] of Object.entries(library)) {
      if (used.has(name) || !words.has(name)) continue;
      used.add(name);
      visit(entry.text);
      for (const need of entry.needs ?? []) if (library[need]) visit(need);
    }
  };
  visit(text);
  return Object.keys(library).filter((name) => used.has(name));
}
