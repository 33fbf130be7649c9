import { gunzipSync } from 'node:zlib';
import { same } from '../../base/json';
import { code, type Draft } from '../finding';
import type { Context, ReviewRule } from '../rule';

/** Shorter values are often ordinary words (`admin`, `stackato`): a match proves nothing. */
const LEAST = 9;

export const secretInPlain: ReviewRule = {
  id: 'secret-in-plain',
  severity: 'security',
  title: 'A secret is readable in plain text',
  explain: {
    means:
      'A value that is marked sensitive elsewhere also appears in an attribute that is not: user data, an output, a tag. Anyone who can read the machine or the state can read the secret.',
    reads:
      'every string of the plan that is marked sensitive, searched for in unmarked attributes that are new or changed, also inside base64 and gzip',
    todo: "Let the node fetch the secret at boot from the cloud's secret store. Then change the secret, because it was exposed.",
  },
  find(context) {
    const { plan, redactor } = context;
    if (redactor.count === 0) return [];
    const places: Draft[] = [];
    for (const change of context.changes) {
      for (const [name, value] of Object.entries(change.after ?? {})) {
        if (same(value, change.before?.[name])) continue;
        const marks = change.afterSensitive;
        const mark = typeof marks === 'object' && marks !== null ? (marks as Record<string, unknown>)[name] : marks;
        if (!leaks(value, mark, context)) continue;
        places.push({
          subject: `${change.address}.${name}`,
          statement: `attribute ${code(name)} of ${code(change.address)} holds a secret in plain text`,
          evidence: [{ path: `${change.path}.change.after.${name}`, value: '(not shown)' }],
          remedy: [
            { when: 'instead', text: 'let the node fetch it at boot from the secret store, then change the secret' },
          ],
          addresses: [change.address],
        });
      }
    }
    for (const output of plan.outputs) {
      if (output.sensitive || !output.changed || !leaks(output.after, false, context)) continue;
      places.push({
        subject: `output.${output.name}`,
        statement: `output ${code(output.name)} shows a secret in plain text`,
        evidence: [{ path: `output_changes.${output.name}.after`, value: '(not shown)' }],
        remedy: [{ when: 'instead', text: 'mark the output as sensitive, or remove it; then change the secret' }],
      });
    }
    return places;
  },
};

function leaks(value: unknown, mark: unknown, context: Context): boolean {
  if (mark === true) return false;
  if (typeof value === 'string') return readings(value).some((reading) => context.redactor.holds(reading, LEAST));
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, item]) =>
    leaks(item, typeof mark === 'object' && mark !== null ? (mark as Record<string, unknown>)[key] : false, context),
  );
}

/** The text, and its content decoded from base64 and gzip. */
function readings(value: string): string[] {
  if (value.length < 24 || value.length % 4 !== 0 || !/^[A-Za-z0-9+/]+=*$/.test(value)) return [value];
  const bytes = Buffer.from(value, 'base64');
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return [value, bytes.toString('utf8')];
  try {
    return [value, gunzipSync(bytes, { maxOutputLength: 1 << 20 }).toString('utf8')];
  } catch {
    return [value];
  }
}
