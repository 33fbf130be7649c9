/**
 * Text with `inline code` as Markdown. It cannot ping a person, link an issue, open a tag or break a table: values
 * of a plan are not trusted.
 */
export function markdownText(text: string, inTable = false): string {
  return segments(text)
    .map(({ isCode, content }) => (isCode ? codeSpan(content, inTable) : escaped(content)))
    .join('');
}

/** Text as inline code, with a fence longer than any run of backticks in it. */
export function codeSpan(content: string, inTable = false): string {
  const flat = content.replace(/\s+/g, ' ');
  const fence = '`'.repeat(longestRun(flat) + 1);
  const pad = flat.startsWith('`') || flat.endsWith('`') ? ' ' : '';
  const inside = inTable ? flat.replaceAll('|', '\\|') : flat;
  return `${fence}${pad}${inside}${pad}${fence}`;
}

/** A block of code, with a fence longer than any run of backticks in it. */
export function codeBlock(content: string, language = ''): string {
  const fence = '`'.repeat(Math.max(3, longestRun(content) + 1));
  return `${fence}${language}\n${content}\n${fence}`;
}

/** Text with `inline code` for a terminal: no backticks, no control characters, one line. */
export function plainText(text: string): string {
  return segments(text)
    .map(({ content }) => content)
    .join('')
    .replace(/[\s\p{Cc}]+/gu, ' ');
}

/** A command for a terminal, as a person types it, without control characters. */
export function commandText(command: string): string {
  return command.replace(/[\s\p{Cc}]+/gu, ' ');
}

/** Breaks text at blanks; cuts a word that is too long, so that no line is longer than `width`. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (let word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = '';
    }
    while (word.length > width) {
      lines.push(word.slice(0, width));
      word = word.slice(width);
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

/** Parts inside and outside of backticks; an unpaired backtick is an ordinary character. */
function segments(text: string): { isCode: boolean; content: string }[] {
  const parts = text.split('`');
  if (parts.length % 2 === 0) parts.push(parts.splice(-2).join('`'));
  return parts.map((content, i) => ({ isCode: i % 2 === 1, content })).filter(({ content }) => content !== '');
}

function escaped(text: string): string {
  return (
    text
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .replaceAll('&', '&amp;')
      .replace(/[\\`*_[\]<>|~]/g, '\\$&')
      // The site links mentions, issues and bare addresses by itself: a zero-width space prevents it.
      .replace(/#(?=\d)/g, '#&#8203;')
      .replaceAll('@', '@&#8203;')
      .replace(/\bGH-(?=\d)/gi, (word) => `${word}&#8203;`)
      .replaceAll('://', ':&#8203;//')
      .replace(/\bwww\./gi, (word) => `${word.slice(0, -1)}&#8203;.`)
  );
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
