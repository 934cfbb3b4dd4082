const forbidden = new Set(['__proto__', 'constructor', 'prototype'])

/** A bracket, or a string and the colon that makes it a key. Unrolled, so that no input causes backtracking. */
const token = () => /[{}[\]]|("[^"\\]*(?:\\.[^"\\]*)*")([ \t\r\n]*:)?/g

const contentOf = (literal: string) => (literal.includes('\\') ? (JSON.parse(literal) as string) : literal.slice(1, -1))

const isRepeatedOrForbidden = (keys: Set<string>, key: string) => forbidden.has(key) || keys.size === keys.add(key).size

const isHazardousString = (literal: string, keys: Set<string> | undefined) => {
  const string = contentOf(literal)
  return !string.isWellFormed() || (keys !== undefined && isRepeatedOrForbidden(keys, string))
}

/** For text that `JSON.parse` accepts: whether readers could disagree on it or it could reach a prototype. One pass, no recursion. */
export function isHazardous(text: string, maxDepth: number): boolean {
  const open: Set<string>[] = []
  for (const [found, literal, colon] of text.matchAll(token())) {
    if (found === '}' || found === ']') open.pop()
    else if (literal === undefined) open.push(new Set())
    else if (isHazardousString(literal, colon === undefined ? undefined : open.at(-1))) return true
    if (open.length > maxDepth) return true
  }
  return false
}
