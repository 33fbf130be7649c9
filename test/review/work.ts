import { Session } from 'node:inspector';
import { sep } from 'node:path';

/**
 * How much a piece of work is: how often the functions, branches and loops of lib/review ran, by V8's own count. It is the
 * same on every machine, however busy. The library is loaded anew, since only what is compiled while V8 counts is counted whole.
 */
export function workOf<Lib>(load: () => Lib, run: (lib: Lib) => void): number {
  const place = `${sep}lib${sep}review${sep}`;
  for (const file of Object.keys(require.cache)) if (file.includes(place)) delete require.cache[file];
  const session = new Session();
  session.connect();
  let count = 0;
  try {
    session.post('Profiler.enable');
    session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    const lib = load();
    session.post('Profiler.takePreciseCoverage');
    run(lib);
    session.post('Profiler.takePreciseCoverage', (_, { result }) => {
      const scripts = result.filter(({ url }) => url.includes(place));
      const ranges = scripts.flatMap(({ functions }) => functions.flatMap((called) => called.ranges));
      count = ranges.reduce((sum, range) => sum + range.count, 0);
    });
    session.post('Profiler.stopPreciseCoverage');
  } finally {
    session.disconnect();
  }
  return count;
}
