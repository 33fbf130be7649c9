/**
 * A value as one word of a command that a person types: it can't end the command and begin another. `<new address>` is
 * left bare, since it is to be filled in.
 */
export function typedWord(value: unknown): string {
  const word = String(value).replace(/[\s\p{Cc}]+/gu, ' ');
  return /^(?:[\w@%+=:,./-]|<[\w ./-]+>)+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
