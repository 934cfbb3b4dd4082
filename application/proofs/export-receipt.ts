import type { Derive } from '../ports/tokens.ts'

/**
 * What an export says of an event instead of its place. Only who has the keys of the log can tell which event it is of: an event id has
 * 32 random bits and a counter, so that the hash of the leaf itself could be searched for the position (ADR 0070). `leaf` is base64.
 */
export function exportReceipt(derive: Derive, leaf: string): string {
  return Buffer.from(derive('export_receipt', leaf)).toString('base64url')
}
