const isOptionalWhitespace = (code: number) => code === 0x20 || code === 0x09

/** SP and HTAB only. `trim` also removes octets such as A0, which browsers keep in the name of a cookie. */
export function stripOptionalWhitespace(text: string): string {
  let from = 0
  let to = text.length
  while (from < to && isOptionalWhitespace(text.charCodeAt(from))) from += 1
  while (to > from && isOptionalWhitespace(text.charCodeAt(to - 1))) to -= 1
  return from === 0 && to === text.length ? text : text.slice(from, to)
}
