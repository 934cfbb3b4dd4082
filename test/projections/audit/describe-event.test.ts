import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ClaimAsserted, EmailReplaced, RoleGranted } from '../../../domain/account/events.ts'
import { catalogue } from '../../../domain/catalogue.ts'
import { LoginLocked } from '../../../domain/login/events.ts'
import { describeEvent } from '../../../projections/audit/describe-event.ts'
import { anyEventOf } from '../../support/domain/any-event.ts'
import { blindIndex, sealed } from '../../support/domain/ids.ts'
import { noon } from '../../support/domain/time.ts'

const kinds = Object.values(catalogue).flat()

test.each(kinds.map((kind) => [kind.type, kind] as const))('%s is one line for a person, without what is sealed or secret', (_, kind) => {
  fc.assert(
    fc.property(anyEventOf([kind]), (event) => {
      const words = describeEvent(event)
      expect(words).toMatch(/^[-A-Z\d][^\p{C}]{6,}$/u)
      expect(words).not.toContain('undefined')
      const hidden = Object.values(event.data).filter((value) => typeof value === 'string' && value.length > 36)
      for (const value of hidden) expect(words).not.toContain(value)
    }),
    { numRuns: 30 },
  )
})

test('says how many times in a row', () => {
  const locked = (run: number) => describeEvent(LoginLocked({ deviceId: null, until: noon, consecutiveLocks: run, at: noon }))
  expect([1, 2, 3, 4, 11, 12, 13, 21, 22].map(locked).map((words) => words.slice(38))).toEqual(
    ['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '22nd'].map((nth) => ` (${nth} time in a row)`.slice(1)),
  )
})

test('a name can neither end the line nor steer a terminal', () => {
  expect(describeEvent(RoleGranted({ role: 'a\n\u001b[2J\u202e', at: noon }))).toBe('Role "a\\n\\u001b[2J\\u{202e}" granted')
  expect(describeEvent(ClaimAsserted({ name: 'publisher', value: 'a secret value', at: noon }))).toBe('Claim "publisher" asserted')
})

test('tells the confirmation of an address from a change to another one', () => {
  const replaced = (from: number) =>
    EmailReplaced({
      emailIndex: blindIndex(1),
      email: sealed('new'),
      emailVerified: true,
      replacedIndex: blindIndex(from),
      replacedEmail: sealed('old'),
      at: noon,
    })
  expect([replaced(1), replaced(2)].map(describeEvent)).toEqual(['Email address confirmed', 'Email address replaced'])
})
