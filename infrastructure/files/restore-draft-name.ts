/** A log that is being restored. A server must not create another one beside it. */
export function draftOfRestore(log: string) {
  return `${log}.restoring`
}
