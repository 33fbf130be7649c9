import { Module } from 'node:module';
import { dirname } from 'node:path';

// A short command spends half of its time loading code that it never calls. These shortcuts apply to the command's own
// process only, never to a library's import; when a dependency moves such a module, the command is slower and still works.

/** Call before a verb is loaded: zod brings messages in fifty languages, and we write our own. */
export function oneLanguage(): void {
  standIn(
    () => require.resolve('zod/v4/locales'),
    () => ({}),
  );
}

/** Call before a verb is loaded: zod compiles every shape, which pays off for many values; a command reads one. */
export function readOnce(): void {
  (globalThis as { __zod_globalConfig?: object }).__zod_globalConfig ??= { jitless: true };
}

/**
 * Call before `cdktf` is loaded: half of it is an archiver for assets, which our stacks do not have; its version parser
 * serves a check of installed programs, which synthesis does not make.
 */
export function packLater(): void {
  const of = (name: string) => () => require.resolve(name, { paths: [dirname(require.resolve('cdktf/package.json'))] });
  standIn(
    of('archiver'),
    (real) =>
      (...args: readonly unknown[]) =>
        (real() as (...args: readonly unknown[]) => unknown)(...args),
  );
  standIn(of('semver'), (real) => new Proxy({}, { get: (_, key) => (real() as Record<PropertyKey, unknown>)[key] }));
}

/** Replaces a module by a light stand-in; `real` loads the module after all. */
function standIn(place: () => string, make: (real: () => unknown) => unknown): void {
  try {
    const file = place();
    if (require.cache[file]) return;
    const real = () => {
      delete require.cache[file];
      return require(file) as unknown;
    };
    const light = new Module(file);
    Object.assign(light, { filename: file, loaded: true, exports: make(real) });
    require.cache[file] = light;
  } catch {
    // The module is elsewhere in this release.
  }
}
