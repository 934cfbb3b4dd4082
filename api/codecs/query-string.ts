const decodeComponent = (text: string) => decodeURIComponent(text.replaceAll('+', ' '))

export const noQuery: Readonly<Record<string, string>> = Object.freeze(Object.create(null))

/** `null`, which no codec accepts, for a name that occurs twice or bytes that are not UTF-8. */
export function parseQueryString(text: string): Readonly<Record<string, string>> | null {
  if (text === '') return noQuery
  const parsed: Record<string, string> = Object.create(null)
  try {
    for (const pair of text.split('&')) {
      if (pair === '') continue
      const equals = pair.indexOf('=')
      const name = decodeComponent(equals === -1 ? pair : pair.slice(0, equals))
      if (name in parsed) return null
      parsed[name] = equals === -1 ? '' : decodeComponent(pair.slice(equals + 1))
    }
    return parsed
  } catch {
    return null
  }
}
