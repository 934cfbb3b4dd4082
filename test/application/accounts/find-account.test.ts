import { expect, test } from 'vitest'
import { findAccountByEmail } from '../../../application/accounts/find-account.ts'
import { aggregates } from '../../../application/journal/aggregates.ts'
import { openJournal } from '../../../application/journal/journal.ts'
import { newId } from '../../../infrastructure/ids/new-id.ts'
import { succeed } from '../../support/test-app/outcomes.ts'
import { ada, address, registering } from '../../support/test-app/people.ts'
import { counting } from '../../support/test-app/stores.ts'
import { openTestApp } from '../../support/test-app.ts'

const rules = aggregates({
  login: { maxAttempts: 5, lockout: 1, lockoutMax: 1, challengeLifetime: null },
  codes: { maxAttempts: 5, lockout: 1, lockoutMax: 1 },
  identity: { rotation: 1 },
  session: { idle: 1, absolute: 1, elevation: 1, refresh: 1, refreshGrace: 0, maxFailures: 5 },
})

test('an unknown address costs the same reads and searches for a summary as a known one, cached or not', async () => {
  const app = await openTestApp()
  await succeed(registering(app))
  const { counts, store } = counting(app.store)
  let searches = 0
  const summaryOf = () => {
    searches++
    return undefined
  }
  const find = findAccountByEmail({ journal: { ...app.deps.journal, ...openJournal({ store, newId, aggregates: rules, summaryOf }) } })
  const costOf = async (email: typeof ada) => {
    const before = { ...counts, searches }
    const found = await succeed(find(app.deps.crypto.indexEmail(email)))
    return { isKnown: found !== null, reads: counts.reads - before.reads, searches: searches - before.searches }
  }
  for (let n = 0; n < 2; n += 1) {
    expect(await costOf(ada)).toEqual({ isKnown: true, reads: 2, searches: 2 })
    expect(await costOf(address('nobody'))).toEqual({ isKnown: false, reads: 2, searches: 2 })
  }
})
