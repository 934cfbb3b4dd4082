import { isFields, type MappedUser } from '../mapped-user.ts'

/** Of the shape of docs/import.md, so there is nothing to map. */
export function ndjsonAccount(text: string): MappedUser {
  try {
    const account: unknown = JSON.parse(text)
    return isFields(account) ? { account } : { refused: 'line: expected a JSON object' }
  } catch {
    return { refused: 'line: expected a JSON object' }
  }
}
