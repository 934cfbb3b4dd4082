import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sessionWorth } from '../../../application/sessions/session-worth.ts'
import type { Factor } from '../../../domain/session/events.ts'
import { later, noon } from '../../support/domain/time.ts'

const names = ['admin', 'treasurer', 'reader'] as const

/** As `SECOND_FACTOR_ROLES` is read. */
const requires = (required: readonly string[]) => (roles: ReadonlySet<string>) =>
  required.includes('*') || required.some((role) => roles.has(role))

const anySession = fc.record({
  roles: fc.uniqueArray(fc.constantFrom(...names)).map((roles): ReadonlySet<string> => new Set(roles)),
  claims: fc.constantFrom(new Map(), new Map([['publisher', true]])),
  factors: fc.constantFrom<(readonly string[])[]>(['pwd'], ['pwd', 'otp']),
  elevatedUntil: fc.constantFrom(null, noon, later(1)),
  elevatedBy: fc.constantFrom<(Factor | null)[]>(null, 'pwd', 'otp'),
})
const anyRequirement = fc.uniqueArray(fc.constantFrom('*', ...names))

describe('what a session is worth', () => {
  test('is the same for guards and for what others are told', () => {
    fc.assert(
      fc.property(anySession, anyRequirement, (session, required) => {
        const { demandOf, attested } = sessionWorth(requires(required))
        const { roles, claims } = attested(session, noon)
        const admitted = demandOf().isMet(session)
        expect(new Set(roles)).toEqual(new Set([...session.roles].filter((role) => admitted && demandOf(role).isMet(session))))
        expect(claims).toEqual(admitted ? Object.fromEntries(session.claims) : {})
      }),
    )
  })

  test('is an elevation only if it holds for every role that is told with it', () => {
    fc.assert(
      fc.property(anySession, anyRequirement, (session, required) => {
        const { demandOf, attested } = sessionWorth(requires(required))
        const { roles, elevatedUntil } = attested(session, noon)
        const holds = [demandOf(), ...roles.map((role) => demandOf(role))].every(({ isElevated }) => isElevated(session, noon))
        expect(elevatedUntil).toBe(holds ? session.elevatedUntil : null)
      }),
    )
  })

  const anyRole = fc.constantFrom([], ...names.map((name) => [name]))

  test('is nothing where a code is asked for and none was given, whatever the session began with', () => {
    fc.assert(
      fc.property(anySession, anyRequirement, anyRole, (session, required, role) => {
        const demand = sessionWorth(requires(required)).demandOf(...role)
        const asks = requires(required)(new Set(role))
        expect(demand.isMet(session)).toBe(!asks || session.factors.includes('otp'))
        if (asks && session.elevatedBy !== 'otp') expect(demand.isElevated(session, noon)).toBe(false)
      }),
    )
  })

  test('is no elevation once its time is over', () => {
    fc.assert(
      fc.property(anySession, anyRequirement, anyRole, (session, required, role) => {
        const { isElevated } = sessionWorth(requires(required)).demandOf(...role)
        expect(isElevated(session, later(1))).toBe(false)
      }),
    )
  })
})
