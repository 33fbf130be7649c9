#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import type { Io } from '../lib/base/voice';
import { oneLanguage, readOnce } from './start';
import { terminalIo } from './terminal/io';
import { printError } from './terminal/print-error';
import { declareVerbs } from './usage';

/** A verb's module, `verbs/<verb>`: loaded only when it is called, and by `require`, which starts faster than `import`. */
type Verb = { run(args: readonly string[], options: Record<string, unknown>, io: Io): Promise<number> };

const cancelled = new AbortController();

async function main(): Promise<number> {
  const program = new Command('cdktf-stackato')
    .description('Stackato PaaS clusters as code: declare, check, deploy, rehearse and review.')
    .version(
      (JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as { version: string }).version,
    )
    .option('--json', 'results as JSON on standard output, progress on standard error')
    .showHelpAfterError('`cdktf-stackato help` lists the verbs.')
    .showSuggestionAfterError()
    .exitOverride();
  let exit = 0;
  declareVerbs((usage, about) => {
    const module = `./verbs/${usage.split(' ')[0]}`;
    const command = program.command(usage).description(about).option('--json', 'results as JSON');
    command.action(async (...all: unknown[]) => {
      const args = (all.slice(0, -2) as (string | string[] | undefined)[])
        .flat()
        .filter((a): a is string => a !== undefined);
      const options = { ...program.opts(), ...(all.at(-2) as Record<string, unknown>) };
      const io = terminalIo({ json: options['json'] === true, signal: cancelled.signal });
      exit = await (require(module) as Verb).run(args, options, io);
    });
    return command;
  });
  await program.parseAsync();
  return exit;
}

/** Prints an error and returns the exit code for it. */
function failed(error: unknown): number {
  // commander has already printed its message or help
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
  printError(error instanceof Error ? error : new Error(String(error)), {
    json: process.argv.includes('--json'),
    verbose: Boolean(process.env['STACKATO_DEBUG']),
  });
  return cancelled.signal.aborted ? 130 : 1;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (cancelled.signal.aborted) process.exit(130);
    process.exitCode = 130;
    cancelled.abort(signal);
  });
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // The reader of the pipe has gone (`show | head`): finish the work without output.
    if (error.code !== 'EPIPE') throw error;
  });
}

oneLanguage();
readOnce();
main()
  .then((exit) => (cancelled.signal.aborted ? 130 : exit), failed)
  .then((exit) => {
    process.exitCode = exit;
  });
