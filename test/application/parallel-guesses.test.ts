import { describe, expect, test } from 'vitest'
import { typesOf } from '../support/house/log.ts'
import { race, succeed } from '../support/house/outcomes.ts'
import { ada, loggingIn, loginStreamOf, password, registering, wrongPassword } from '../support/house/people.ts'
import { dawdling } from '../support/house/stores.ts'
import { type House, openHouse } from '../support/house.ts'

const maxAttempts = 5
const guesses = 200
const rounds = 20

/** In round `n` the right password stands at another place in the queue. */
const play = async (nodes: readonly House[], round: number) => {
  const rightOne = (round * 37) % guesses
  const attempts = Array.from({ length: guesses }, (_, n) => {
    const node = nodes[n % nodes.length] as House
    return loggingIn(node, ada, n === rightOne ? password : `${wrongPassword} ${n}`)
  })
  return race(attempts)
}

describe.each([1, 3])('two hundred guesses at once, the right one among them, over %i nodes', (howMany) => {
  test(`are ${maxAttempts} at most that are ever checked`, async () => {
    for (let round = 0; round < rounds; round++) {
      const house = await openHouse()
      await succeed(registering(house))
      const nodes = await Promise.all(Array.from({ length: howMany }, (_, n) => house.restart({ store: dawdling(round * 31 + n) })))
      const before = house.counts.hashCalls
      const { won, lost } = await play(nodes, round)

      const types = await typesOf(house, loginStreamOf(house))
      const beforeLock = types.slice(0, types.indexOf('LoginLocked'))
      expect(types).toContain('LoginLocked')
      expect(beforeLock.filter((type) => type === 'LoginAttempted').length).toBeLessThanOrEqual(maxAttempts)
      expect(types.filter((type) => type === 'LoginAttempted').length).toBeLessThanOrEqual(maxAttempts + won.length * maxAttempts)
      expect(house.counts.hashCalls - before).toBe(types.filter((type) => type === 'LoginAttempted').length)
      expect(won.length + lost.length).toBe(guesses)
    }
  })
})
