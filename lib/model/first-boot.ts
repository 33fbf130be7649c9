import { type Place, readText, writeWhole } from './place';
import type { Product } from './version';

const task = '/home/stackato/stackato/etc/firstboot/tasks/05-wait-for-config-redis.sh';
const firstBootError = '/home/stackato/.stackato-firstboot-error';

/**
 * The first start waits for the config store, 90 s unless its task was changed (4.3-2, 14; M, H that it may need more);
 * when that is not enough the error marker is left (17, H).
 */
export async function firstBootFails(place: Place, product: Product): Promise<boolean> {
  const needs = place.settings.redis;
  if (needs === undefined || product.storePort !== 7474) return false;
  const limit = Number(/TIMEOUT=(\d+)/.exec(readText(place.path(task)) ?? '')?.[1] ?? 90);
  if (needs <= limit) return false;
  writeWhole(place.path(firstBootError), `05-wait-for-config-redis: not up after ${limit} s\n`);
  return true;
}
