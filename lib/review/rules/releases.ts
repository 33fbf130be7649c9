import { code, codes, type Draft } from '../finding';
import { holds } from '../losses';
import type { ReviewRule } from '../rule';

export const releaseMissing: ReviewRule = {
  id: 'release-missing',
  severity: 'outage',
  title: 'Something that keeps data goes without a release',
  explain: {
    means:
      'The plan deletes, replaces or wipes a volume, database, secret or core that the declaration does not release. `cdktf-stackato deploy` refuses such a plan. A final snapshot may hold the content, but the cluster no longer has it.',
    reads: 'what the plan does to everything that keeps data; release in the declaration, from stackato_manifest',
    todo: 'If it may go, name it under release in the declaration, with a reason and a last day.',
  },
  find({ plan, cluster, losses: all }) {
    // of a plan that Terraform refuses, another rule says it; an unprotected cluster was declared so by a deployment of its own
    if (plan.errored || !cluster?.before || !cluster.after || cluster.before.protect === false) return [];
    const losses = all.filter(({ released }) => !released);
    if (losses.length === 0) return [];
    const late = losses.filter(({ release }) => release !== undefined);
    const names = [...new Set(losses.map(({ name }) => name))];
    return [
      {
        subject: names.join(','),
        statement: `no release allows ${codes(names)}, which keep${names.length === 1 ? 's' : ''} data, to go: ${code('cdktf-stackato deploy')} refuses this plan`,
        consequences: late.map(({ name, release }) => `the release of ${code(name)} ended on ${release!.until}`),
        evidence: losses.slice(0, 1).map(({ path, address }) => ({ path: `${path}.address`, value: address })),
        remedy: [
          {
            when: 'before',
            text: `if it may go, name it in the declaration: ${code(`release: { ${names[0]}: { reason: why, until: date } }`)}`,
          },
        ],
        addresses: losses.map(({ address }) => address),
      },
    ];
  },
};

export const releaseOpen: ReviewRule = {
  id: 'release-open',
  severity: 'info',
  title: 'A release allows something that keeps data to go',
  explain: {
    means: 'Until its last day a deployment may delete, replace or wipe it, and Terraform does not refuse that.',
    reads: 'release in the declaration, from stackato_manifest after the plan; the time of the plan',
    todo: 'Remove the release when it is no longer needed.',
  },
  find({ plan }) {
    return Object.entries(plan.after?.releases ?? {}).map(([name, release]): Draft => {
      const open = holds(release, plan.timestamp);
      return {
        subject: name,
        statement: open
          ? `${code(name)} may go until ${code(release.until)}: ${code(release.reason)}`
          : `the release of ${code(name)} ended on ${code(release.until)} and has no effect`,
        evidence: [{ path: `${plan.afterPath}.releases.${name}.until`, value: release.until }],
        remedy: open ? [] : [{ when: 'after', text: `remove ${codes([name])} from ${code('release')}` }],
      };
    });
  },
};
