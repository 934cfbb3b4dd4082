/** Ends the command with one sentence for the operator. */
export const fail = (sentence: string): never => {
  console.error(sentence)
  process.exit(1)
}
