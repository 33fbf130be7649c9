import { rmSync } from 'node:fs';
import { BINDINGS, generateBindings } from './openstack';

// `npm run bindings`: writes provider-openstack/lib anew.
rmSync(BINDINGS, { recursive: true, force: true });
generateBindings(BINDINGS).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
