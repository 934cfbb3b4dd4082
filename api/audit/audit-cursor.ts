import type { NumberPurpose, SealedNumbers } from '../../application/ports/sealed-numbers.ts'
import type { AuditFilter, AuditOrder, Place } from '../../projections/audit/search/audit-filter.ts'
import type { ProblemAnswer } from '../problems.ts'

const garbled: ProblemAnswer = {
  problem: 'VALIDATION_FAILED',
  errors: [{ path: 'cursor', expected: '`next` or `previous` of an earlier response with the same filters and order' }],
}

type List = 'audit' | 'own_audit'
type Sealing = { readonly numbers: SealedNumbers }
type Listing = { readonly list: List; readonly filter: AuditFilter; readonly order: AuditOrder | undefined }

/** A cursor belongs to one list, filter and order, because with another one it would skip entries in silence. */
const purposeOf = ({ list, filter, order = 'newest' }: Listing): NumberPurpose => {
  const { account, types, actor, network, session, correlation, from, to } = filter
  const sorted = types?.toSorted()
  return `${list}_page:${JSON.stringify([order, account, sorted, actor, network, session, correlation, from, to].map((part) => part ?? null))}`
}

/** The lowest bit is the direction. */
export function auditCursors({ numbers }: Sealing, listing: Listing) {
  const purpose = purposeOf(listing)
  return {
    place: (cursor: string | undefined): { readonly place: Place | undefined } | ProblemAnswer => {
      if (cursor === undefined) return { place: undefined }
      const number = numbers.open(purpose, cursor)
      if (number === undefined) return garbled
      return { place: { direction: number % 2 === 1 ? 'newer' : 'older', beyond: Math.floor(number / 2) } }
    },
    cursor: (place: Place | null) =>
      place === null ? null : numbers.seal(purpose, place.beyond * 2 + (place.direction === 'newer' ? 1 : 0)),
  }
}
