import type { Gatebook } from '../composition/gatebook.ts'

/** Shows a generated token, which nobody knows yet, but not a configured one: more people read logs than configuration. */
export function setupNotice(origin: string, { token, file }: Gatebook['setupToken']) {
  const call = `There is no administrator yet. Create the first one with POST ${origin}/api/1/setup and`
  if (file === null) return `\n${call} the configured SETUP_TOKEN. It works once.\n`
  return `\n${call} this setup token:\n\n  ${token}\n\nIt is stored in ${file} and works once.\n`
}
