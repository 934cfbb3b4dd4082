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

/** Whether an export says that somebody has something, in whatever type: what is not known to be a no counts as a yes. */
export function isSet(value: unknown) {
  return !(value === undefined || value === null || value === false || value === 0 || value === '' || value === '0' || value === 'false')
}

/** As `isSet` for a list: only an empty one is a no. */
export function hasItems(list: unknown) {
  return Array.isArray(list) ? list.length > 0 : isSet(list)
}

/** Whether codes are made as ours are, as far as an export says how. */
export function isUsualTotp({ period = 30, digits = 6, algorithm = 'SHA1' }: Fields) {
  return Number(period) === 30 && Number(digits) === 6 && /^(?:hmac)?-?sha-?1$/i.test(String(algorithm))
}

/** In a form that no reader of hashes accepts, so that the account is refused and its hash is in no message. */
export const unknownHash = 'unknown'
