/** `kato node list`: roles by address; lines that do not begin with an address are ignored. */
export function readNodeList(text: string): Map<string, string[]> {
  const rows = text.split('\n').map((line) => line.trim().split(/\s+/));
  return new Map(
    rows.filter(([first]) => /^\d+(\.\d+){3}$/.test(first ?? '')).map(([address, ...roles]) => [address!, roles]),
  );
}

/** `kato status --all`: kato's state by address and role. */
export function readStatus(text: string): Map<string, Map<string, string>> {
  const all = new Map<string, Map<string, string>>();
  let current: Map<string, string> | undefined;
  for (const line of text.split('\n')) {
    if (/^\d+(\.\d+){3}\s*$/.test(line)) {
      current = new Map();
      all.set(line.trim(), current);
    } else if (current && /^\s+\S/.test(line)) {
      const [role, ...state] = line.trim().split(/\s+/);
      if (state[0] !== '--') current.set(role!, state.join(' '));
    }
  }
  return all;
}

/** `kato info`: the roles that a node has. */
export function readInfo(text: string): string[] {
  const part = /^Assigned roles$([\s\S]*?)^Available roles$/m.exec(text)?.[1] ?? '';
  return part
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

/** The declared cluster: roles by node name, without those that every node or the core has anyway. */
export type Expectation = Readonly<Record<string, readonly string[]>>;

/** Problems of a node compared with its declaration; `implied` are roles that it has anyway. */
export function nodeProblems(
  expected: readonly string[],
  listed: readonly string[] | undefined,
  states: ReadonlyMap<string, string> | undefined,
  implied: readonly string[] = ['base'],
): string[] {
  if (!listed) return ['not in kato node list'];
  const problems: string[] = [];
  const missing = expected.filter((role) => !listed.includes(role));
  const extra = listed.filter((role) => !expected.includes(role) && !implied.includes(role));
  if (missing.length > 0) problems.push(`lacks ${missing.join(' ')}`);
  if (extra.length > 0) problems.push(`has ${extra.join(' ')}, which is not declared`);
  if (!states) return [...problems, 'not in kato status'];
  for (const role of listed) {
    const state = states.get(role);
    if (state !== 'READY' && state !== 'RUNNING') problems.push(`${role} is ${state ?? 'unknown'}`);
  }
  return problems;
}
