import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { cloudInit, type Script } from './cloud-init';
import { PATH, runs } from './program';

/**
 * The boot of a host after power on, in the order of the product's image: cloud-init's early commands, the product's upstart
 * job, the scripts of every boot, then the user's scripts once per instance.
 */
const metadata = 'http://169.254.169.254/latest';
const env = {
  PATH,
  TERM: 'linux',
  AWS_ENDPOINT_URL: 'http://169.254.169.254:5100',
};
const log = '/var/log/cloud-init-output.log';

/** Reports to the machine's keeper, over the console. */
function tell(event: string, detail: Record<string, unknown> = {}): void {
  appendFileSync('/dev/console', `stackato-host: ${JSON.stringify({ event, ...detail })}\n`);
}

function fetched(path: string): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const request = get(`${metadata}/${path}`, { timeout: 10_000 }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => resolve(answer.statusCode === 200 ? Buffer.concat(parts) : undefined));
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(undefined));
  });
}

/** Runs one script to its end; its output goes to the log. */
function run(file: string, words: readonly string[] = []): number {
  const output = openSync(log, 'a');
  const { status, error } = spawnSync(file, words, { env, cwd: '/', stdio: ['ignore', output, output] });
  if (error) appendFileSync(log, `${file}: ${error.message}\n`);
  return status ?? 1;
}

function put(folder: string, script: Script): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, script.name);
  writeFileSync(file, script.text, { mode: 0o700 });
  return file;
}

/** The product's job; without its `kato start` line the node does not come up as a micro cloud (4.3-1, M). */
function startProduct(): void {
  const job = '/etc/init/stackato.conf';
  const micro = existsSync(job) && /^[^#\n]*\bkato start\b/m.test(readFileSync(job, 'utf8'));
  const program = join(__dirname, '../../model/main.js');
  const output = openSync('/var/log/stackato-model.log', 'a');
  spawn(process.execPath, ['--max-old-space-size=48', program, 'supervise', ...(micro ? ['--micro'] : [])], {
    cwd: '/home/stackato',
    uid: 1500,
    gid: 1500,
    env: { PATH: env.PATH, HOME: '/home/stackato' },
    detached: true,
    stdio: ['ignore', output, output],
  }).unref();
  tell('product', { micro });
}

function executable(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .filter(runs);
}

/** Retries until there is an answer, as cloud-init does, and as long. */
async function patiently(path: string): Promise<Buffer | undefined> {
  const patience = Number(readFileSync('/usr/lib/stackato-model/patience', 'utf8')) * 1000;
  for (const end = Date.now() + patience; ; await new Promise((resolve) => setTimeout(resolve, 1000))) {
    const answer = await fetched(path);
    if (answer !== undefined || Date.now() > end) return answer;
  }
}

async function boot(): Promise<void> {
  const instance = (await patiently('meta-data/instance-id'))?.toString().trim();
  if (!instance) {
    tell('no-metadata');
    startProduct();
    return;
  }
  const state = `/var/lib/cloud/instances/${instance}`;
  mkdirSync(state, { recursive: true });
  const raw = (await fetched('user-data')) ?? Buffer.alloc(0);
  const plan = cloudInit(raw);
  tell('user-data', { bytes: raw.length, scripts: plan.scripts.map((s) => s.name), ignored: plan.ignored });
  for (const hook of plan.boothooks) run(put(`${state}/boothooks`, hook));
  if (plan.bootcmd !== undefined)
    tell('bootcmd', { code: run('/bin/sh', [put(state, { name: 'bootcmd', text: plan.bootcmd })]) });
  startProduct();
  for (const file of executable('/var/lib/cloud/scripts/per-boot')) tell('per-boot', { file, code: run(file) });
  const mark = `${state}/user-scripts.done`;
  if (!existsSync(mark)) {
    // Marked first, as cloud-init does, so that a reboot in between does not run them again.
    writeFileSync(mark, '');
    for (const script of plan.scripts) {
      const file = put(`${state}/scripts`, script);
      tell('user-script', { name: script.name, code: run(file) });
    }
  }
  tell('end');
}

boot().catch((error: Error) => tell('host-failure', { error: error.message }));
