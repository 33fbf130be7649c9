import { writeFileSync } from 'node:fs';
import { type Place, readText } from '../place';

/** Whether a text is a host name: labels of letters, digits and dashes. */
export const isHostName = (text: string): boolean =>
  text.length < 254 && /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i.test(text);

/** Keeps the line that maps the core's private address to the cluster's name and API in `/etc/hosts` (3.1, H). */
export function writeHosts(place: Place, core: string, endpoint: string): void {
  const file = place.path('/etc/hosts');
  const mark = '# stackato-core';
  const name = endpoint.replace(/^api\./, '');
  const kept = (readText(file) ?? '127.0.0.1 localhost\n')
    .split('\n')
    .filter((line) => line !== '' && !line.endsWith(mark));
  // Written in place: the folder belongs to root.
  writeFileSync(file, `${[...kept, `${core} ${name} ${endpoint} stackato-core ${mark}`].join('\n')}\n`);
}
