import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { run as deploy } from '../bin/verbs/deploy';
import { run as lab } from '../bin/verbs/lab';
import { run as plan } from '../bin/verbs/plan';
import { writeWhole } from '../lib/base/file';
import { InputError, ToolError } from '../lib/base/input';
import { markdownLines } from '../lib/base/table';
import { quietIo } from '../lib/base/voice';
import { awsApi } from '../lib/cloud-api/aws/api';
import { withLab } from '../lib/cloud-api/environment';
import { readCluster } from '../lib/declaration/read';
import { labHere } from '../lib/deploy/deployment';
import { reviewPlan } from '../lib/review';
import { base, CHANGES, type ChangeCase, type Declared } from './change-cases';
import { inScratch } from './scratch';

// `npm run changes -- [--only TEXT] [--quick] [--port N] [--write]`: every change on the AWS practice cloud, begun with the same cluster; exit 1 when
// something is wrong. `--quick`: only what is refused. `--write` makes the table of docs/changes.md. `--resume FILE` notes the rows and, run
// again, goes on there; `--part 1/2` takes every second change, so that two runs with other ports share the work.

const given = (name: string) => process.argv.includes(`--${name}`);
const value = (name: string) => (given(name) ? process.argv[process.argv.indexOf(`--${name}`) + 1] : undefined);
const PAGE = resolve('docs', 'changes.md');
const FILE = 'changes.yaml';
const STATE = 'terraform.changes-aws.tfstate';
const io = quietIo(new AbortController().signal);
const practice = { cloud: 'aws', practice: true } as const;

/** What a change did. */
interface Row {
  readonly what: string;
  readonly check: string;
  readonly review: string;
  readonly deploy: string;
  readonly data: string;
  readonly wrong?: string;
}

/** What keeps data, by name, with its id in the cloud. */
type Things = ReadonlyMap<string, string>;

async function things(): Promise<Things> {
  const env = withLab(process.env, labHere().env());
  const api = awsApi({ region: 'us-west-2', env, practice: true });
  const cluster = { Name: 'tag:stackato:cluster', Values: ['changes'] };
  const nameOf = (tags: readonly { Key?: string; Value?: string }[] | undefined) =>
    tags?.find(({ Key }) => Key === 'Name')?.Value?.replace(/^changes-/, '') ?? '';
  // root disks go with their machines
  const keeping = { Name: 'tag:stackato:keeps', Values: ['data'] };
  const { Volumes = [] } = await api.ec2('DescribeVolumes', { Filters: [cluster, keeping] });
  const { Reservations = [] } = await api.ec2('DescribeInstances', { Filters: [cluster] });
  const { DBInstances = [] } = await api.rds('DescribeDBInstances', {});
  const machines = Reservations.flatMap(({ Instances = [] }) => Instances);
  const core = machines.find(({ Tags, State }) => nameOf(Tags) === 'core' && State?.Name === 'running');
  return new Map([
    ...Volumes.map(({ Tags, VolumeId }) => [`${nameOf(Tags)} volume`, VolumeId ?? ''] as const),
    ...DBInstances.map(({ DbiResourceId }) => ['database', DbiResourceId ?? ''] as const),
    ['core', core?.InstanceId ?? 'none'],
  ]);
}

const write = (declared: Declared) => writeFileSync(FILE, JSON.stringify(declared, undefined, 1));

async function fresh(): Promise<Things> {
  await lab(['reset'], {}, io);
  for (const file of [STATE, `${STATE}.backup`]) rmSync(file, { force: true });
  rmSync('.stackato/unfinished-changes-aws-practice.json', { force: true });
  write(base());
  await deploy([FILE], { ...practice, autoApprove: true }, io);
  return things();
}

async function reviewed(): Promise<string> {
  rmSync('plan.json', { force: true });
  try {
    await plan([FILE], { ...practice, planJson: 'plan.json' }, io);
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
  }
  return reviewPlan(JSON.parse(readFileSync('plan.json', 'utf8'))).verdict.words;
}

async function deployed(): Promise<string> {
  try {
    return (await deploy([FILE], { ...practice, autoApprove: true }, io)) === 0 ? 'deployed' : 'stopped';
  } catch (error) {
    if (!(error instanceof ToolError || error instanceof InputError)) throw error;
    const [line = ''] = error.message.split('\n');
    return /nothing was changed/.test(error.message)
      ? `refused: ${line.replace(/; nothing was changed.*/, '')}`
      : `failed: ${line}`;
  }
}

async function attempt(one: ChangeCase, before: Things): Promise<Row> {
  const declared = base();
  one.edit(declared);
  write(declared);
  try {
    readCluster(FILE);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const check = `refused: ${[...new Set(error.problems.map(({ rule }) => rule))].join(', ')}`;
    return judged(one, { what: one.what, check, review: '–', deploy: '–', data: 'kept' }, declared, []);
  }
  const review = await reviewed();
  const outcome = await deployed();
  const after = new Set((await things()).values());
  const gone = [...before].filter(([, id]) => !after.has(id)).map(([name]) => name);
  const data = gone.length === 0 ? 'kept' : `gone: ${gone.join(', ')}`;
  return judged(one, { what: one.what, check: 'ok', review, deploy: outcome, data }, declared, gone);
}

function judged(one: ChangeCase, row: Row, declared: Declared, gone: readonly string[]): Row {
  const came =
    row.check !== 'ok' ? 'check' : row.deploy.startsWith('refused') ? 'refused' : gone.length > 0 ? 'released' : 'kept';
  const free = Object.keys(declared.release ?? {});
  const lost = gone.filter((name) => !free.includes(name));
  const wrong = [
    ...(came === one.expected ? [] : [`${one.expected} was expected`]),
    ...(row.deploy.startsWith('failed') ? ['it failed halfway'] : []),
    ...(lost.length > 0 ? [`lost without a release: ${lost.join(', ')}`] : []),
    ...(came === 'refused' && /^safe/.test(row.review) ? ['the review says safe'] : []),
  ];
  return wrong.length > 0 ? { ...row, wrong: wrong.join('; ') } : row;
}

/** Takes the cluster back to the base; a new one where the guard rightly refuses the way back. */
async function restored(before: Things, row: Row): Promise<Things> {
  if (row.check !== 'ok' || row.deploy.startsWith('refused')) return before;
  write(base());
  const back = row.data === 'kept' ? await deployed() : 'gone';
  return back === 'deployed' ? things() : fresh();
}

const RESUME = given('resume') ? resolve(value('resume')!) : undefined;

/** The rows of earlier runs that were right, by change. */
function rowsBefore(): Map<string, Row> {
  if (!RESUME || !existsSync(RESUME)) return new Map();
  const rows = readFileSync(RESUME, 'utf8').split('\n').filter(Boolean);
  const all = rows.map((row) => JSON.parse(row) as Row);
  return new Map(all.filter(({ wrong }) => !wrong).map((row) => [row.what, row]));
}

/** The changes that this run is for. */
function chosen(): ChangeCase[] {
  const [part = 1, parts = 1] = (value('part') ?? '1/1').split('/').map(Number);
  return CHANGES.filter(({ what }) => !given('only') || what.includes(value('only')!))
    .filter(({ expected }) => !given('quick') || expected === 'refused' || expected === 'check')
    .filter((_, i) => i % parts === part - 1);
}

async function tried(one: ChangeCase, before: Things): Promise<Row> {
  const row = await attempt(one, before);
  if (RESUME) appendFileSync(RESUME, `${JSON.stringify(row)}\n`);
  console.error(
    `${row.wrong ? 'WRONG' : 'ok'}  ${row.what} · ${row.check} · ${row.review} · ${row.deploy} · ${row.data}${row.wrong ? ` · ${row.wrong}` : ''}`,
  );
  return row;
}

inScratch('changes', async (folder) => {
  process.chdir(folder);
  const rows = rowsBefore();
  const left = chosen().filter(({ what }) => !rows.has(what));
  try {
    if (left.length > 0) await lab(['up'], { port: value('port') ?? '5710' }, io);
    let before: Things = left.length > 0 ? await fresh() : new Map();
    for (const one of left) {
      const row = await tried(one, before);
      rows.set(row.what, row);
      before = await restored(before, row);
    }
  } finally {
    await lab(['down'], {}, io);
  }
  const shown = chosen().map(({ what }) => rows.get(what)!);
  const wrong = shown.filter((row) => row.wrong);
  if (given('write')) writeWhole(PAGE, pageWith(readFileSync(PAGE, 'utf8'), shown));
  console.log(`${shown.length - wrong.length} passed, ${wrong.length} failed`);
  if (wrong.length > 0) process.exitCode = 1;
});

/** The page with a new table between its marks. */
function pageWith(page: string, rows: readonly Row[]): string {
  const table = markdownLines(
    ['change', 'check', 'review', 'deploy', 'data'],
    rows.map(({ what, check, review, deploy: outcome, data }) => [what, check, review, outcome, data]),
  ).join('\n');
  const wrong = rows.filter((row) => row.wrong).length;
  const text = `<!-- table -->\n${rows.length} changes on the practice cloud of AWS, wrong: ${wrong}.\n\n${table}\n<!-- end -->`;
  return page.replace(/<!-- table -->[\s\S]*<!-- end -->/, () => text);
}
