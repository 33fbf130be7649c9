import { relative } from 'node:path';
import { typedWord } from '../../lib/base/shell';
import type { Io } from '../../lib/base/voice';
import { targetText } from '../../lib/deploy/target';
import { synthesizeTarget } from '../synthesize';

/** `synth TARGET`: writes Terraform. */
export async function run(args: readonly string[], options: Record<string, unknown>, io: Io): Promise<number> {
  const target = await synthesizeTarget(args[0]!, options as { cloud?: string; outdir?: string }, io);
  if (io.json) {
    const { stack, dir, resources, stateFile } = target;
    io.out(JSON.stringify({ stack, dir: relative(process.cwd(), dir), resources, stateFile }, null, 2));
    return 0;
  }
  io.out(`${target.stack}: ${targetText(target)}`);
  io.out(`Next: cdktf-stackato plan ${typedWord(args[0])}`);
  return 0;
}
