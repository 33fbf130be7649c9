// Preloaded into a program (`node --require`): says at its end which heavy modules it loaded, to the file in BENCH_LOADED.
const { writeFileSync } = require('node:fs');
process.on('exit', () => {
  const heavy = Object.keys(require.cache).filter((file) => /node_modules[/\\](cdktf|cdktn|constructs|@cdktf)[/\\]/.test(file));
  writeFileSync(process.env.BENCH_LOADED, JSON.stringify({ all: Object.keys(require.cache).length, heavy }));
});
