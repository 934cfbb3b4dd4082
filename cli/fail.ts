/** Ends the command with one sentence for the operator. */
export function fail(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}
