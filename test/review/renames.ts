import type { Manifest } from '../../lib/topology/manifest';
import { keeps, manifest, type PlanSpec, plan, updates, type Values } from './fixtures';
import { instance } from './resources';

/** A cluster whose pool `data` is now `storage`, and whose database `apps` is now `main`. */
const before = manifest();
const text = JSON.stringify({ ...before, roles: undefined })
  .replaceAll('data-1', 'storage-1')
  .replaceAll('paas_data', 'paas_storage')
  .replaceAll('"pool":"data"', '"pool":"storage"')
  .replaceAll('"apps":', '"main":')
  .replaceAll('paas_apps', 'paas_main');
const after = JSON.parse(text) as Manifest;

const moved = (from: string, change: Values, on: boolean) => (on ? { ...change, previous_address: from } : change);

/** Its plan: everything stays, with or without moves; without, Terraform would say something else of the old addresses. */
export function renamedPlan({ moves = true, ...more }: PlanSpec & { readonly moves?: boolean } = {}): Values {
  const [machine, volume, database] = [
    'aws_instance.paas_storage["storage-1"]',
    'aws_ebs_volume.paas_storage["storage-1"]',
    'aws_db_instance.paas_main',
  ];
  const tags = (name: string) => ({ tags: { Name: name } });
  return plan({
    before,
    after,
    changes: [
      keeps('aws_instance.paas_core', instance({ tags: { Name: 'mvp', 'stackato:keeps': 'services data droplets' } })),
      moved(
        'aws_instance.paas_data["data-1"]',
        updates(machine, { ...instance(), ...tags('mvp-data-1') }, tags('mvp-storage-1')),
        moves,
      ),
      moved(
        'aws_ebs_volume.paas_data["data-1"]',
        updates(volume, { id: 'vol-1', size: 200, ...tags('mvp-data-1') }, tags('mvp-storage-1')),
        moves,
      ),
      moved(
        'aws_db_instance.paas_apps',
        updates(database, { id: 'db-1', identifier: 'mvp-apps', ...tags('mvp-apps') }, tags('mvp-main')),
        moves,
      ),
    ],
    ...more,
  });
}
