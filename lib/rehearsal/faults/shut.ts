import { program } from '../host/program';
import type { Scene } from './contract';

let made = 0;

/** Adds nftables rules to a node's network, and returns the function that removes them. */
export async function shut(scene: Scene, rules: readonly string[]): Promise<() => Promise<void>> {
  const table = `rehearsal_fault_${++made}`;
  const inside = (words: readonly string[], input?: string) =>
    program('nsenter', [`--net=/run/netns/${scene.space}`, 'nft', ...words], {
      doing: `a fault in the network of ${scene.node.name}`,
      ...(input === undefined ? {} : { input }),
    });
  const chain = (hook: 'input' | 'output') =>
    ` chain ${hook} {\n  type filter hook ${hook} priority -300; policy accept;\n${rules
      .filter((rule) => rule.startsWith(hook))
      .map((rule) => `  ${rule.slice(hook.length + 1)}\n`)
      .join('')} }\n`;
  await inside(['-f', '-'], `table inet ${table} {\n${chain('input')}${chain('output')}}\n`);
  scene.placed();
  return () => inside(['delete', 'table', 'inet', table]).then(() => undefined);
}

/** Blocks for the duration of the fault. */
export async function shutFor(scene: Scene, rules: readonly string[]): Promise<undefined> {
  const open = await shut(scene, rules);
  await scene.wait(scene.seconds);
  await open().catch(() => undefined);
  return undefined;
}
