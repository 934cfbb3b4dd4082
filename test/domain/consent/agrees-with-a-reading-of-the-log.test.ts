import fc from 'fast-check'
import { getOrElseW } from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { type Command, consent } from '../../../domain/consent/decider.ts'
import type { ConsentEvent } from '../../../domain/consent/events.ts'
import { caseCounter } from '../../support/domain/case-counter.ts'
import { later } from '../../support/domain/time.ts'

const aCommand = fc.record({
  type: fc.constantFrom('give' as const, 'withdraw' as const),
  purpose: fc.constantFrom('newsletter', 'statistics', 'partners'),
  version: fc.constantFrom('1', '2', '3'),
})

type Choice = Exclude<ConsentEvent, { type: 'ConsentsSummarized' }>

/** The last thing that the log says of a purpose. */
const lastOf = (log: readonly Choice[], purpose: string) => log.findLast((event) => event.data.purpose === purpose)

const expectAsked = (
  { type, version }: { type: Command['type']; version: string },
  before: Choice | undefined,
  last: Choice | undefined,
) => {
  if (type === 'give') expect(last).toMatchObject({ type: 'ConsentGiven', data: { version } })
  else expect(last?.type).toBe(before === undefined ? undefined : 'ConsentWithdrawn')
}

const reading = (log: readonly Choice[]) =>
  new Map(
    log.map(({ data: { purpose } }) => {
      const last = lastOf(log, purpose)
      return [purpose, { isGiven: last?.type === 'ConsentGiven', version: last?.data.version, at: last?.data.at }] as const
    }),
  )

test('the state is what the log says last of each purpose, and the log says then what was asked for, once', () => {
  const cases = caseCounter()
  fc.assert(
    fc.property(fc.array(aCommand, { maxLength: 40, size: 'max' }), (commands) => {
      const log: Choice[] = []
      let state = consent.initial
      for (const [n, asked] of commands.entries()) {
        const { type, purpose, version } = asked
        const command: Command = type === 'give' ? { type, purpose, version, at: later(n) } : { type, purpose, at: later(n) }
        const before = lastOf(log, purpose)
        const events = getOrElseW(() => [])(consent.decide(command, state)) as readonly Choice[]
        cases.count(events.length === 0 ? 'nothing' : type)
        log.push(...events)
        state = events.reduce(consent.evolve, state)
        expectAsked(asked, before, lastOf(log, purpose))
        expect(events.length).toBeLessThanOrEqual(1)
      }
      expect(state.consents).toEqual(reading(log))
    }),
  )
  cases.expectAtLeast(100, 'nothing', 'give', 'withdraw')
})
