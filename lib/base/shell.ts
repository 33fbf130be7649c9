/** Text as one word of a POSIX shell: bare where a shell reads it as it stands, else in single quotes. */
export function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : quoteAlways(text);
}

/** Text as one word of a POSIX shell, in single quotes whatever it is. */
export function quoteAlways(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
