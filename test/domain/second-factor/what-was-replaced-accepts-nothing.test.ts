import fc from 'fast-check'
import { expect, test } from 'vitest'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { aHistory, type Code, playCodes } from '../../support/domain/code-history.ts'
import { inForce, moments } from '../../support/domain/code-scan.ts'

const replaces = new Set(['TotpEnrollmentStarted', 'RecoveryCodesIssued', 'SecondFactorRemoved'])

type Kept = ReturnType<typeof inForce>

/** The secret or set that a code belongs to, and the one in force. */
const origin = (code: Code, kept: Kept) => {
  if (code.type === 'wrong') return ['wrong', 'nothing is']
  return code.type === 'step' ? [code.secret, kept?.secret] : [code.set, kept?.set]
}
const isOld = (code: Code, kept: Kept) => {
  const [own, today] = origin(code, kept).map((part) => JSON.stringify(part))
  return code.type !== 'wrong' && own !== today
}

test('what is accepted is a code of the secret and the set in force, and was counted while they were', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(aHistory, (history) => {
      const { log, codes, outcomes } = playCodes(history)
      for (const { event, past } of moments(log, 'CodeAccepted', 'RecoveryCodeUsed', 'TotpEnrollmentConfirmed')) {
        const { purpose, code } = codes.get(event.data.attemptId) ?? { purpose: null, code: { type: 'wrong' as const } }
        const [own, today] = origin(code, inForce(past))
        expect(own).toEqual(today)
        expect(purpose === 'confirmation').toBe(event.type === 'TotpEnrollmentConfirmed')
        const counted = past.findIndex(
          ({ type, data }) => type === 'CodeAttempted' && 'attemptId' in data && data.attemptId === event.data.attemptId,
        )
        expect(counted).toBeGreaterThan(-1)
        expect(past.slice(counted).filter(({ type }) => replaces.has(type))).toEqual([])
        cases.count(event.type)
      }
      for (const { event, past } of moments(log, 'CodeAttempted')) {
        const given = codes.get(event.data.attemptId)
        if (given && isOld(given.code, inForce(past))) cases.count('a code of what had been replaced')
      }
      const late = outcomes.filter(
        ({ command, refusal }) => refusal?.type === 'code_not_pending' && command.type === 'settle' && command.found.type !== 'nothing',
      )
      cases.count('a right code that came too late', late.length)
    }),
    { numRuns: 500 },
  )
  cases.expectAtLeast(20, 'CodeAccepted', 'RecoveryCodeUsed', 'TotpEnrollmentConfirmed')
  cases.expectAtLeast(20, 'a code of what had been replaced', 'a right code that came too late')
})
