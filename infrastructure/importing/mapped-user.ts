/** A user of another system as an account of docs/import.md, which is checked later. `unsupportedFactor`: without it, somebody would be less protected than before. */
export type MappedUser = { readonly account: object; readonly unsupportedFactor?: boolean } | { readonly refused: string }

/** What somebody else's file holds. */
export type Fields = Readonly<Record<string, unknown>>

export function isFields(u: unknown): u is Fields {
  return typeof u === 'object' && u !== null && !Array.isArray(u)
}

export function fieldsIn(list: unknown): readonly Fields[] {
  return Array.isArray(list) ? list.filter(isFields) : []
}

/** JSON inside JSON; `null` if it is no object. */
export function fieldsInText(text: unknown): Fields | null {
  if (typeof text !== 'string') return null
  try {
    const parsed: unknown = JSON.parse(text)
    return isFields(parsed) ? parsed : null
  } catch {
    return null
  }
}

/** In a form that no reader of hashes accepts, so that the account is refused and its hash is in no message. */
export const unknownHash = 'unknown'
