/** Text as one word of a POSIX shell: bare where a shell reads it as it stands, else in single quotes. */
export function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : quoteAlways(text);
}

/** Text as one word of a POSIX shell, in single quotes whatever it is. */
export function quoteAlways(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * A value as one word of a command that a person types: it can't end the command and begin another. `<new address>` is
 * left bare, since it is to be filled in.
 */
export function typedWord(value: unknown): string {
  const word = String(value).replace(/[\s\p{Cc}]+/gu, ' ');
  return /^(?:[\w@%+=:,./-]|<[\w ./-]+>)+$/.test(word) ? word : quote(word);
}
