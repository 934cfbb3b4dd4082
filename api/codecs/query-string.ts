const decodeComponent = (text: string) => decodeURIComponent(text.replaceAll('+', ' '))

/** What a call without a query string has. */
export const noQuery: Readonly<Record<string, string>> = Object.freeze(Object.create(null))

/**
 * Names and values of a query string, each name once. A name twice, or octets that are no UTF-8, make the whole of it `null`, which no codec
 * takes.
 */
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
