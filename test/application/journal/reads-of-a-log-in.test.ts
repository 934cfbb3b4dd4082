import { expect, test } from 'vitest'
import { succeed } from '../../support/world/outcomes.ts'
import { loggingIn, registering } from '../../support/world/people.ts'
import { counting } from '../../support/world/stores.ts'
import { openHouse } from '../../support/world.ts'

test.each([
  { reads: 3, requiredFor: [] },
  { reads: 4, requiredFor: ['admin'] },
])('a log-in has $reads reads for its three appends where $requiredFor needs a second factor', async ({ reads, requiredFor }) => {
  const house = await openHouse()
  const { counts, store } = counting(house.store)
  const node = await house.restart({ store: () => store, requiredFor })
  await succeed(registering(node))
  await succeed(loggingIn(node))
  const before = { ...counts }
  await succeed(loggingIn(node))
  expect([counts.reads - before.reads, counts.appends - before.appends]).toEqual([reads, 3])
})
