import { type Problem, ToolError } from '../../base/input';
import { type OpenstackObject, type OpenstackService, text } from './api';
import type { OpenstackNeeds, ReadApi, Wanted } from './wanted';

interface Service {
  readonly project: string;
  /** A cheap call: a service can be in the catalog and down. */
  readonly path: string;
  /** What to write instead. */
  readonly without: string;
}

const SERVICES: Readonly<Partial<Record<OpenstackService, Service>>> = {
  'load-balancer': {
    project: 'Octavia',
    path: '/lbaas/loadbalancers?limit=1',
    without: 'remove loadBalancer: the routers then answer on their own addresses',
  },
  dns: { project: 'Designate', path: '/zones?limit=1', without: 'remove dns, and make the names elsewhere' },
  'key-manager': { project: 'Barbican', path: '/secrets?limit=1', without: 'write secrets: ssh' },
};

/** Services that the cloud lacks, or that do not answer. */
export async function serviceProblems(api: ReadApi, wanted: Wanted): Promise<Problem[]> {
  const found = await Promise.all(
    Object.entries(wanted).map(async ([path, name]): Promise<Problem[]> => {
      const { project, path: question, without } = SERVICES[name as OpenstackService]!;
      const service = name as OpenstackService;
      const said = (what: string): Problem[] => [{ path, message: `${what}; ${without}`, rule: 'openstack-service' }];
      if (!api.has(service)) return said(`the cloud has no service for ${name} (${project})`);
      try {
        await api.call(service, 'GET', question);
        return [];
      } catch (error) {
        if (!(error instanceof ToolError)) throw error;
        return said(
          `the service for ${name} (${project}) fails: ${[error.message, error.detail].filter(Boolean).join(': ')}`,
        );
      }
    }),
  );
  return found.flat();
}

const GIB = 2 ** 30;

/** Images that do not fit on their disk: Nova refuses them only after everything else was made. */
export async function rootProblems(api: ReadApi, roots: NonNullable<OpenstackNeeds['roots']>): Promise<Problem[]> {
  if (Object.keys(roots).length === 0) return [];
  const [images, flavors] = await Promise.all([
    api.list('image', '/images', 'images'),
    api.list('compute', '/flavors/detail', 'flavors'),
  ]);
  const of = (all: readonly OpenstackObject[], name: string) =>
    all.find((one) => text(one['id']) === name || text(one['name']) === name);
  const told = new Set<string>();
  return Object.entries(roots).flatMap(([path, { flavor: size, image: name, gib }]) => {
    const image = of(images, name);
    const flavor = of(flavors, size);
    // a missing flavor or image is reported elsewhere; nodes of a pool are alike
    const key = JSON.stringify([size, name, gib]);
    if (!image || !flavor || told.has(key)) return [];
    told.add(key);
    const wants = Math.max(number(image, 'min_disk'), Math.ceil(number(image, 'virtual_size') / GIB));
    const memory = number(image, 'min_ram');
    // a flavor without a disk accepts any image
    const has = gib ?? (number(flavor, 'disk') || Number.POSITIVE_INFINITY);
    const where = gib === undefined ? `flavor ${size} has ${has} GiB` : `rootGib is ${gib}`;
    const label = `image ${JSON.stringify(text(image['name']) || name)}`;
    const problems: Problem[] = [];
    if (wants > has) {
      const message = `${label} needs a disk of ${wants} GiB, ${where}; write rootGib: ${wants}, or a larger size`;
      problems.push({ path, message, rule: 'openstack-root-disk' });
    }
    if (memory > number(flavor, 'ram')) {
      const message = `${label} needs ${memory} MiB of memory, flavor ${size} has ${number(flavor, 'ram')}; write a larger size`;
      problems.push({ path, message, rule: 'openstack-root-memory' });
    }
    return problems;
  });
}

function number(one: OpenstackObject, key: string): number {
  return Number(one[key] ?? 0) || 0;
}
