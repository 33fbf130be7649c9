import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ROOT } from '../aws/synth';
import { absent, need } from '../programs';
import { difference, produce } from './produce';

const files = produce();
const golden = join(ROOT, 'test', 'golden');
const scripts = [...files].filter(([file]) => file.endsWith('.boot.sh'));

/** What a script is made of: functions and other commands of its top level, and which variables it uses but does not set. */
function pieces(script: string): ReadonlySet<string> {
  const bare = script.replaceAll(/^#.*\n/gm, '');
  const found = new Set(bare.split(/\n(?=[A-Za-z_["])/));
  const all = (pattern: RegExp) => new Set([...bare.matchAll(pattern)].map(([, name]) => name!));
  const set = all(/\b([A-Za-z_]\w*)=/g);
  const unset = [...all(/\$\{?([A-Za-z_]\w*)/g)].filter((name) => !set.has(name));
  return found.add(`uses ${unset.sort().join(' ')}`);
}

/** As few scripts as have all pieces of all between them: most share most. */
function withAllPieces(all: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const of = new Map([...all].map(([file, text]) => [file, pieces(text)]));
  const missing = new Set([...of.values()].flatMap((some) => [...some]));
  const chosen = new Map<string, string>();
  while (missing.size > 0) {
    const news = (file: string) => [...of.get(file)!].filter((piece) => missing.has(piece)).length;
    const best = [...all.keys()].reduce((a, b) => (news(b) > news(a) ? b : a));
    for (const piece of of.get(best)!) missing.delete(piece);
    chosen.set(best, all.get(best)!);
  }
  return chosen;
}

describe('golden files', () => {
  for (const [file, text] of files) {
    it(`${file} is as it was`, () => {
      const at = join(ROOT, file);
      assert.ok(existsSync(at), `${file} is new: npm run goldens`);
      const expected = readFileSync(at, 'utf8');
      assert.ok(expected === text, `${file} differs; npm run goldens if it should\n${difference(expected, text)}`);
    });
  }
  it('are no others', () => {
    const there = readdirSync(golden, { recursive: true, encoding: 'utf8' }).filter((f) => /\.(txt|sh|json)$/.test(f));
    assert.deepEqual(
      there.filter((f) => !files.has(`test/golden/${f}`)),
      [],
    );
  });
  it('are compared line by line', () => {
    assert.equal(difference('a\nb\nc\nd', 'a\nb\nx\nd'), 'from line 3:\n  a\n  b\n- c\n+ x');
  });
  it('hold nothing of the machine that made them', () => {
    for (const [file, text] of files) assert.doesNotMatch(text, /\/tmp\/|\/root\/|\/work\//, file);
  });
});

describe('the boot scripts of all stacks', () => {
  it('are found clean by shellcheck', { skip: absent('shellcheck') }, () => {
    // Left out: words that are split on purpose, or are ours and have no blanks (2086, 2046); `&& … ||` whose middle
    // cannot fail (2015); the stage called "done" and the state (1010); a function that only other scripts call
    // (2317); one read in a subshell (2030, 2031); quotes inside a program for another interpreter (2016); what the head
    // of every script sets and an old version's core has no use for (2034).
    const exclude = '1010,2015,2016,2030,2031,2034,2046,2086,2317';
    for (const [file, text] of withAllPieces(new Map(scripts))) {
      const { status, stdout } = spawnSync(need('shellcheck'), ['-s', 'sh', '-e', exclude, '-'], {
        input: text,
        encoding: 'utf8',
      });
      assert.ok(status === 0, `${file}\n${stdout}`);
    }
  });
  for (const [shell, args] of [
    ['dash', ['-n']],
    ['busybox', ['sh', '-n']],
  ] as const) {
    it(`are read by ${shell}`, { skip: absent(shell) }, () => {
      for (const [file, text] of scripts) {
        const { status, stderr } = spawnSync(need(shell), args, { input: text, encoding: 'utf8' });
        assert.deepEqual([status, stderr], [0, ''], file);
      }
    });
  }
  it('hold Python that 2.7 and 3.3 run', { skip: absent('vermin') }, () => {
    const vermin = need('vermin');
    const programs = new Set(scripts.flatMap(([, text]) => [...text.matchAll(/\$PY -c '([^']*)'/g)].map((m) => m[1]!)));
    assert.ok(programs.size >= 4);
    const folder = mkdtempSync(join(tmpdir(), 'stackato-python-'));
    try {
      const verdict = (text: string) => {
        const file = join(folder, 'program.py');
        writeFileSync(file, text);
        return spawnSync(vermin, ['--target=2.7-', '--target=3.3-', '--violations', file], { encoding: 'utf8' });
      };
      for (const text of programs) {
        const { status, stdout, stderr } = verdict(text);
        assert.ok(status === 0, `${text}\n${stdout}${stderr}`);
      }
      assert.notEqual(verdict('print(f"{1}")').status, 0);
      assert.notEqual(verdict('print "x"').status, 0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
  it('use what the old image has', () => {
    for (const [file, text] of scripts) {
      const programs = text
        .replaceAll(/\$PY -c '[^']*'/g, '')
        .split('\n')
        .filter((l) => !l.startsWith('#'))
        .join('\n');
      assert.doesNotMatch(programs, /\bjq\b|\bsystemctl\b|\blsblk\b|\[\[ |<<</, file);
    }
  });
});
