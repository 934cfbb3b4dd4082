import { secretMatcher } from './secret-matcher.ts'

/** `entries`: `name:token`. Returns the name of whose token was presented; compares with all of them, in constant time. */
export function serviceTokens(entries: readonly string[]) {
  const known = entries.map((entry) => {
    const colon = entry.indexOf(':')
    return { name: entry.slice(0, colon), isToken: secretMatcher(entry.slice(colon + 1)) }
  })
  return (presented: string): string | undefined => known.filter(({ isToken }) => isToken(presented))[0]?.name
}
