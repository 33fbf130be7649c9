/** Text as one word of a POSIX shell: in single quotes where it needs them. */
export function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : quoteAlways(text);
}

/** Text as one word of a POSIX shell, always in single quotes. */
export function quoteAlways(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * A value as one word of a command that a person types: it cannot end the command and begin another. `<new address>`
 * stays bare, as a placeholder to fill in.
 */
export function typedWord(value: unknown): string {
  const word = String(value).replace(/[\s\p{Cc}]+/gu, ' ');
  return /^(?:[\w@%+=:,./-]|<[\w ./-]+>)+$/.test(word) ? word : quote(word);
}
