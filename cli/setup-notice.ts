import type { Gatebook } from '../composition/gatebook.ts'

/** Shows a generated token, which nobody knows yet, but not a configured one: more people read logs than configuration. */
export function setupNotice(origin: string, { token, file }: Gatebook['setupToken']) {
  const missing = 'There is no administrator yet.'
  const call = `POST ${origin}/api/1/setup`
  if (file === null)
    return `\n${missing} Create the first one with ${call} and the configured SETUP_TOKEN, or at ${origin}/setup. It works once.\n`
  return `\n${missing} Open this page to create the first one:\n\n  ${origin}/setup#${token}\n\nWithout a browser, use ${call} and the setup token behind the #.\nIt is stored in ${file} and works once.\n`
}
