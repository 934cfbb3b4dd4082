import type { Gatebook } from '../composition/gatebook.ts'

/**
 * What the operator is told as long as nobody administers. A token that was generated is shown, since nobody knows it yet; one that was
 * configured is not: what is logged is read by more people than what is configured.
 */
export function setupNotice(origin: string, { token, file }: Gatebook['setupToken']) {
  const call = `Nobody administers yet. Make the first administrator with POST ${origin}/api/1/setup and`
  if (file === null) return `\n${call} the SETUP_TOKEN that was given. It works once.\n`
  return `\n${call} this setup token:\n\n  ${token}\n\nIt is kept in ${file} and works once.\n`
}
