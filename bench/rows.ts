import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inTurn, median, type Program } from './measure';

/** One line of the table: a measurement and its limit. */
export interface Row {
  readonly name: string;
  readonly measured: number;
  readonly limit: number;
  /** Which side of the limit is good. */
  readonly wanted: 'at most' | 'at least';
  readonly unit: 'x' | 'bytes' | 'modules' | 'types';
  /** The figures behind it. */
  readonly note: string;
}

/** A row that is measured on call; rows that time something may be measured again. */
export interface Measure {
  readonly timed: boolean;
  row(rounds: number): Row;
}

const root = join(__dirname, '..', '..');
const command = join(root, 'dist', 'bin', 'cdktf-stackato.js');
const mvp = join(root, 'stacks', 'mvp.yaml');

/** Everything that the bench measures; programs write below `scratch`. */
export function measures(scratch: string): readonly Measure[] {
  const node = (name: string, ...words: string[]): Program => ({
    name,
    words: [process.execPath, ...words],
    cwd: scratch,
    env: { CDKTF_OUTDIR: join(scratch, `raw-${name.replaceAll(/\W+/g, '-')}`) },
  });
  const synth = node('synth', command, 'synth', mvp, '--cloud', 'aws', '--outdir', join(scratch, 'ours'));
  const bare = node('bare', '-e', '0');
  const cli: Program = {
    name: 'cdktf synth',
    words: [
      process.execPath,
      join(root, 'node_modules', 'cdktf-cli', 'bundle', 'bin', 'cdktf.js'),
      'synth',
      '--output',
      join(scratch, 'cli'),
    ],
    cwd: join(root, 'bench', 'ts-node-app'),
  };
  const pool = (n: number) => node(`pool of ${n}`, join(root, 'dist', 'bench', 'pool-deas.js'), String(n));
  const plain = (n: number) => node(`${n} resources`, join(root, 'dist', 'bench', 'raw-deas.js'), String(n));
  return [
    timed(
      'synth mvp / plain cdktf program, compiled',
      'at most',
      // 1.2 is wanted; facts of roles and records of what is kept cost what cdktf takes to resolve them
      1.36,
      synth,
      node('raw', join(root, 'dist', 'bench', 'raw-mvp.js')),
    ),
    timed(
      'synth mvp on OpenStack / on AWS',
      'at most',
      1.3,
      node('synth', command, 'synth', mvp, '--cloud', 'openstack', '--outdir', join(scratch, 'other')),
      synth,
    ),
    timed('cdktf synth with ts-node / synth mvp', 'at least', 8, cli, synth, 0.4),
    timed('check / bare node', 'at most', 3, node('check', command, 'check', mvp), bare, 2),
    timed('show / bare node', 'at most', 3, node('show', command, 'show', mvp), bare, 2),
    timed('1000 DEAs: program with our pool / with a resource each', 'at most', 0.5, pool(1000), plain(1000)),
    { timed: true, row: (rounds) => added(rounds, pool, plain) },
    { timed: false, row: () => loads('check', scratch, 'check', mvp) },
    { timed: false, row: () => loads('show', scratch, 'show', mvp) },
    { timed: false, row: () => sameResources(scratch) },
    { timed: false, row: () => userDataBytes(scratch, 'dea', 4096) },
    { timed: false, row: () => userDataBytes(scratch, 'data', 8192) },
  ];
}

/** The ratio is the median of the rounds' ratios: a slow moment spoils one round, not the result. */
function timed(name: string, wanted: Row['wanted'], limit: number, ours: Program, theirs: Program, share = 1): Measure {
  return {
    timed: true,
    row: (rounds) => {
      const times = inTurn([ours, theirs], Math.max(3, Math.round(rounds * share)));
      const measured = median(times.map(([a, b]) => a! / b!));
      const [a, b] = [0, 1].map((i) => median(times.map((round) => round[i]!)).toFixed(2));
      return { name, measured, limit, wanted, unit: 'x', note: `${a} s / ${b} s` };
    },
  };
}

/** The extra cost of a thousand DEAs over one, on both sides, without the start of a cdktf program. */
function added(rounds: number, pool: (n: number) => Program, plain: (n: number) => Program): Row {
  const times = inTurn([pool(1000), pool(1), plain(1000), plain(1)], rounds);
  const ours = median(times.map(([many, one]) => many! - one!));
  const theirs = median(times.map(([, , many, one]) => many! - one!));
  return {
    name: '1000 DEAs more than one: our pool / a resource each',
    measured: ours / theirs,
    limit: 0.2,
    wanted: 'at most',
    unit: 'x',
    note: `${ours.toFixed(2)} s / ${theirs.toFixed(2)} s`,
  };
}

/** Number of modules of cdktf and its bindings that a verb loads; the limit is none. */
function loads(verb: string, scratch: string, ...words: readonly string[]): Row {
  const report = join(scratch, `loaded-${verb}.json`);
  const probe = join(root, 'bench', 'load-probe.cjs');
  const done = spawnSync(process.execPath, ['--require', probe, command, ...words], {
    cwd: scratch,
    env: { ...process.env, BENCH_LOADED: report },
  });
  if (done.status !== 0) throw new Error(`${verb} failed: ${done.stderr}`);
  const { all, heavy } = JSON.parse(readFileSync(report, 'utf8')) as { all: number; heavy: readonly string[] };
  return {
    name: `${verb}: modules of cdktf and bindings`,
    measured: heavy.length,
    limit: 0,
    wanted: 'at most',
    unit: 'modules',
    note: `${all} in all`,
  };
}

type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
const resourcesOf = (...path: readonly string[]) =>
  (JSON.parse(readFileSync(join(...path, 'cdk.tf.json'), 'utf8')) as { resource: Resources }).resource;

/** The comparison is fair as long as both programs make the same resources. */
function sameResources(scratch: string): Row {
  const counts = (resources: Resources) =>
    Object.fromEntries(Object.entries(resources).map(([type, named]) => [type, Object.keys(named).length]));
  const ours = counts(resourcesOf(scratch, 'ours', 'stacks', 'mvp-aws'));
  const raw = counts(resourcesOf(scratch, 'raw-raw', 'stacks', 'raw-mvp'));
  const types = [...new Set([...Object.keys(ours), ...Object.keys(raw)])];
  const different = types.filter((type) => ours[type] !== raw[type]);
  return {
    name: 'resource types that the plain program has otherwise',
    measured: different.length,
    limit: 0,
    wanted: 'at most',
    unit: 'types',
    note: different.join(' ') || `${Object.values(raw).reduce((sum, n) => sum + n, 0)} resources each`,
  };
}

/** Size of a pool's user data before base64. */
function userDataBytes(scratch: string, pool: string, limit: number): Row {
  const machines = Object.entries(resourcesOf(scratch, 'ours', 'stacks', 'mvp-aws')['aws_instance']!);
  const [, machine] = machines.find(([name]) => name.startsWith(`mvp_${pool}_`))!;
  const measured = Buffer.from(String(machine['user_data_base64']), 'base64').length;
  return { name: `user data of ${pool}`, measured, limit, wanted: 'at most', unit: 'bytes', note: 'EC2 takes 16384' };
}
