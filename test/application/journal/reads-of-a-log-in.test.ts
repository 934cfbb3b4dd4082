import { expect, test } from 'vitest'
import { succeed } from '../../support/test-app/outcomes.ts'
import { loggingIn, registering } from '../../support/test-app/people.ts'
import { counting } from '../../support/test-app/stores.ts'
import { openTestApp } from '../../support/test-app.ts'

test.each([
  { reads: 3, requiredFor: [] },
  { reads: 4, requiredFor: ['admin'] },
])('a log-in has $reads reads for its three appends where $requiredFor needs a second factor', async ({ reads, requiredFor }) => {
  const app = await openTestApp()
  const { counts, store } = counting(app.store)
  const node = await app.restart({ store: () => store, requiredFor })
  await succeed(registering(node))
  await succeed(loggingIn(node))
  const before = { ...counts }
  await succeed(loggingIn(node))
  expect([counts.reads - before.reads, counts.appends - before.appends]).toEqual([reads, 3])
})
