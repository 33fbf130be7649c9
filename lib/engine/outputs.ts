import { ToolError } from '../base/input';
import type { StackRun } from './stack-run';

/**
 * The outputs of a deployed stack by name, from its state.
 * @throws ToolError when the engine cannot show them
 */
export async function readOutputs(stack: StackRun): Promise<Readonly<Record<string, unknown>>> {
  const lines: string[] = [];
  const { engine, dir, env, signal } = stack;
  const ended = await engine.run(dir, ['output', '-json'], { env, signal, onLine: (line) => lines.push(line) });
  if (ended.code !== 0) throw new ToolError('the state cannot be read; nothing was changed', stack.next, ended.stderr);
  const outputs = JSON.parse(lines.join('\n')) as Readonly<Record<string, { readonly value?: unknown }>>;
  return Object.fromEntries(Object.entries(outputs).map(([name, output]) => [name, output.value]));
}
