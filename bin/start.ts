import { Module } from 'node:module';
import { dirname } from 'node:path';

// Half of a short command's time is loading what it never calls. Each of these is the command's own process only, never a
// library's import, and a release in which the place is another is slower and nothing else.

/** To be called before a verb is loaded: zod brings its messages in fifty languages, and ours are our own. */
export function oneLanguage(): void {
  standIn(
    () => require.resolve('zod/v4/locales'),
    () => ({}),
  );
}

/** To be called before a verb is loaded: zod makes a program of every shape, which pays for many values, and a command reads one. */
export function readOnce(): void {
  (globalThis as { __zod_globalConfig?: object }).__zod_globalConfig ??= { jitless: true };
}

/**
 * To be called before `cdktf` is loaded: its packer of archives is half of it, and for assets that no stack of ours has; its
 * reader of versions is for a check of installed programs that no synthesis makes.
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

/** Puts something light where a module would be loaded; `real` loads it after all. */
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
    // It is not where we thought.
  }
}
