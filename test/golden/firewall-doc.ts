import { markdownLines } from '../../lib/base/table';
import { parseClusterText } from '../../lib/declaration/read';
import { ALWAYS } from '../../lib/rehearsal/firewall/aws';
import type { ClusterSource, FirewallRule } from '../../lib/rehearsal/source/source';
import { awsSynth } from '../../lib/rehearsal/source/synth-aws';
import { openstackSynth } from '../../lib/rehearsal/source/synth-openstack';
import type { Manifest } from '../../lib/topology/manifest';
import { clusterDocument, type Document } from '../aws/synth';
import { apart, edgePlan } from '../model/edge-plan';
import { openstackDocument } from '../openstack/synth';
import { carriersOf, edgesOf, type PortEdge, passes } from '../rehearsal/port-edges';
import { PORT_TABLE, type PortRow } from '../rehearsal/port-table';

const NAME = 'apart';

interface Cloud {
  readonly title: string;
  readonly rules: readonly FirewallRule[];
  readonly edges: readonly PortEdge[];
}

/** docs/firewall.md: which rule of the strict firewall carries which row of the port tables, and what falls without it. */
export function firewallDoc(): string {
  const cluster = parseClusterText(apart(NAME), NAME);
  const [aws, openstack] = [clusterDocument(cluster), openstackDocument(cluster)];
  const clouds = [
    cloudOf('AWS', awsSynth(aws.resource).cluster, aws),
    cloudOf('OpenStack', openstackSynth(openstack.resource), openstack),
  ];
  return [
    head,
    table(['from', 'to', 'port', 'for', 'source', 'vendor', 'rule'], rows(clouds)),
    middle,
    table(['without the rule', 'fails'], losses(clouds)),
    '',
  ].join('\n');
}

function cloudOf(title: string, source: ClusterSource, document: Document): Cloud {
  const manifest = document.output?.['stackato_manifest']?.value as Manifest;
  const rules = (source.firewall ?? []).map((rule) => ({ ...rule, name: plain(rule.name) }));
  return { title, rules, edges: edgesOf(edgePlan(source, manifest)) };
}

/** A rule as the topology calls it; those of groups themselves keep the name of their resource. */
const plain = (name: string) => name.replace(new RegExp(`^${NAME}_(allow-)?`), '');

function rows(clouds: readonly Cloud[]): string[][] {
  const used = clouds.flatMap(({ edges }) => edges.map(({ row }) => row));
  const all = [...PORT_TABLE.filter((row) => used.includes(row)), ...used.filter((row) => !PORT_TABLE.includes(row))];
  const once = new Map(all.map((row) => [words(row).join(), row]));
  return [...once.values()].map((row) => {
    const carried = clouds
      .map((cloud) => [cloud.title, carriers(cloud, row)] as const)
      .filter(([, text]) => text !== '');
    const same = carried.length === clouds.length && carried.every(([, text]) => text === carried[0]![1]);
    const told = carried.map(([title, text]) => `${title}: ${text}`).join('; ');
    return [
      ...words(row),
      row.facts,
      row.omitted ? '**omits it**' : /^3\.[24]/.test(row.facts) ? 'has it' : '–',
      same ? carried[0]![1] : told,
    ];
  });
}

function words(row: PortRow): string[] {
  const [first, last] = row.ports;
  const port = first === last ? `${first}` : `${first}–${last}`;
  return [
    row.from.join(', '),
    row.to.length > 3 ? 'data services, harbor' : row.to.join(', '),
    row.protocol === 'tcp' ? port : `${port}/${row.protocol}`,
    row.doubtful ? `${row.why} (doubted by its source)` : row.why,
  ];
}

/** The rules at the end that filters; into a node they say more than what lets all out. */
function carriers({ rules, edges }: Cloud, row: PortRow): string {
  const names = edges
    .filter((edge) => words(edge.row).join() === words(row).join())
    .flatMap((edge) => {
      const { in: into, out } = carriersOf(edge, rules);
      return (into ?? out ?? []).map((rule) => rule.name);
    });
  const bySuffix = new Map<string, Set<string>>();
  for (const name of names) {
    const suffix = name.replace(/^.*?(?=-from-)/, '');
    bySuffix.set(suffix, (bySuffix.get(suffix) ?? new Set()).add(name));
  }
  const short = [...bySuffix].flatMap(([suffix, all]) => (all.size > 2 ? [`*${suffix}`] : [...all]));
  return short
    .sort()
    .map((name) => `\`${name}\``)
    .join(' ');
}

function losses(clouds: readonly Cloud[]): string[][] {
  const lost = clouds.map(({ rules, edges }) => {
    const removable = rules.filter(({ name }) => name !== ALWAYS);
    return new Map(
      removable.map((rule) => {
        const rest = rules.filter((other) => other !== rule);
        return [rule.name, few(edges.filter((edge) => !passes(edge, rest)))] as const;
      }),
    );
  });
  const names = [...new Set(lost.flatMap((one) => [...one.keys()]))].sort();
  return names.flatMap((name) => {
    const texts = lost.map((one) => one.get(name));
    if (texts.every((text) => text === texts[0])) return [[`\`${name}\``, texts[0]!]];
    return texts.flatMap((text, i) => (text === undefined ? [] : [[`\`${name}\` (${clouds[i]!.title})`, text]]));
  });
}

/** The first edges in words; of an edge's ranges the end that comes first. */
function few(edges: readonly PortEdge[]): string {
  if (edges.length === 0) return 'nothing here: the pool has one node, and the rule is for two';
  const told = [
    ...new Set(edges.map(({ from, to, protocol, port, row }) => `${from} → ${to} ${port}/${protocol}, ${row.why}`)),
  ];
  return told.length > 2 ? `${told.slice(0, 2).join('; ')}; and ${told.length - 2} more` : told.join('; ');
}

const table = (titles: readonly string[], lines: readonly (readonly string[])[]) =>
  markdownLines(titles, lines).join('\n');

const head = `# Firewall

Made by \`npm run goldens\` from the rows of \`test/rehearsal/port-table.ts\` and from what the stacks of a cluster declare whose pools
are the core, a controller (\`control\`), a router, a load balancer (\`front\`), all data services (\`data\`), Harbor (\`ports\`) and two
DEAs, with \`firewall: strict\`. With \`firewall: inside\`, the default, one rule between all nodes carries everything but what comes from the
world.

A row is an edge of the port tables; its source is a section of the facts with its mark: H stated by the vendor, M by one other
source, L inferred. Its rule is the one that lets it in; \`nodes-egress\` lets everything out, on both clouds. Rules stand in security groups: on
AWS a rule is \`aws_vpc_security_group_ingress_rule\`, on OpenStack \`openstack_networking_secgroup_rule_v2\`, with the same id. EC2 never
filters metadata, DNS and time; Neutron does filter metadata (M), and both let DHCP pass. Databases outside of OpenStack are behind firewalls of others.

\`test/labs/firewall.test.ts\` proves it: it boots this cluster and the MVP for both clouds behind their rules, sees every process connect,
tries every edge, and takes away one rule after the other: what fails then is what the second table says, and nothing else.
`;

const middle = `
Left out on purpose: 4568 from the core while 3.4.2 is upgraded (Sentinel; M), UDP 41000–61000 (HP has it "only with Harbor", whose page says
35000–40000; M), and 5678, 25 and 111, which a micro cloud exposes and no other node asks for (H). 1–65535 from
controllers to DEAs, 8046 and high ports from routers belong to versions before 3.0.

## What each rule is needed for
`;
