import { pathToFileURL } from 'node:url'
import { isRight } from 'fp-ts/lib/Either.js'
import { monotonic } from '../infrastructure/clock/monotone-clock.ts'
import { argon2Verify } from '../infrastructure/hashing/argon2.ts'
import { argon2PasswordHasher } from '../infrastructure/hashing/argon2-password-hasher.ts'
import { threadShare } from '../infrastructure/hashing/thread-share.ts'

/** Verifications a second, the medians of all rounds; `ratio` is the median of the rounds' own ratios. */
export type HashFigures = { readonly bare: number; readonly gatebook: number; readonly ratio: number; readonly concurrency: number }

const cost = { memoryKiB: 19_456, time: 2, parallelism: 1 }
const password = 'correct horse battery staple'
const turn = { network: '127.0.0.1', account: null }

const median = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN

/** `concurrency` callers, each asking again as soon as it is answered. */
const perSecond = async (concurrency: number, times: number, verify: () => Promise<unknown>) => {
  const start = monotonic()
  const caller = async () => {
    for (let n = 0; n < times / concurrency; n += 1) await verify()
  }
  await Promise.all(Array.from({ length: concurrency }, caller))
  return times / ((monotonic() - start) / 1000)
}

/** argon2 alone against the hasher with its queue, turn by turn in one process, at the same number of hashes at once. */
export async function benchHash(rounds = 9, times = 60): Promise<HashFigures> {
  const concurrency = threadShare(cost.parallelism)
  const hasher = await argon2PasswordHasher({ ...cost, queueLimit: 64 })
  const stored = await hasher.hash(password, turn)()
  if (!isRight(stored)) throw new Error('The hasher was overloaded')
  const encoded = stored.right.slice('argon2:'.length)
  const viaHasher = () => {
    const slot = hasher.reserve(turn)
    if (!isRight(slot)) throw new Error('The hasher was overloaded')
    return slot.right.verify(password, stored.right)()
  }
  const [bare, gatebook]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round += 1) {
    bare.push(await perSecond(concurrency, times, () => argon2Verify(encoded, password)))
    gatebook.push(await perSecond(concurrency, times, viaHasher))
  }
  const ratios = gatebook.map((rate, round) => rate / (bare[round] ?? Number.NaN))
  return { bare: median(bare), gatebook: median(gatebook), ratio: median(ratios), concurrency }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { bare, gatebook, ratio, concurrency } = await benchHash()
  console.log(`argon2 alone ${bare.toFixed(1)}/s, hasher ${gatebook.toFixed(1)}/s, ratio ${ratio.toFixed(3)} (${concurrency} at once)`)
}
