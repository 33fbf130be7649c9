import type { Command } from '../grammar';
import { KatoError, type Session } from '../session';

const setLicense = (session: Session, value: unknown) =>
  session.store({ op: 'set', component: 'cluster', path: 'license', value, force: true });

export const licenseCommands: readonly Command[] = [
  {
    words: 'license set',
    args: '[<value>]',
    max: 1,
    since: '3.4',
    changes: true,
    facts: '2.4 H; form 18-17',
    run: async (session, { args: [value] }) => {
      const text = (value ?? session.stdin()).trim();
      if (text === '') throw new KatoError('the licence is empty');
      await setLicense(session, { key: text, enabled: false });
      return 0;
    },
  },
  ...(['enable', 'disable'] as const).map(
    (verb): Command => ({
      words: `license ${verb}`,
      since: '3.4',
      changes: true,
      facts: '2.4 H',
      run: async (session) => {
        const license = await session
          .store<Record<string, unknown>>({ op: 'get', component: 'cluster', path: 'license' })
          .catch(() => undefined);
        if (!license?.['key']) throw new KatoError('no licence is set; kato license set <value> first');
        await setLicense(session, { ...license, enabled: verb === 'enable' });
        return 0;
      },
    }),
  ),
];
