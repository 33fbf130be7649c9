/** Asks until it is so, 20 seconds at most: tests wait for what happens, and only give up by the clock. */
export async function until(what: string, check: () => Promise<boolean> | boolean): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end; ) {
    if (await check()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`not in 20 s: ${what}`);
}
