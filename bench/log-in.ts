import { pathToFileURL } from 'node:url'
import { argon2Hash, argon2Verify } from '../infrastructure/hashing/argon2.ts'
import { threadShare } from '../infrastructure/hashing/thread-share.ts'
import { startGatebook } from '../testing/start-gatebook.ts'
import { cost, defaultCost, password, perSecond, poster } from './support/log-ins.ts'
import { median, medianRatio, turnByTurn } from './support/rounds.ts'

const accounts = 16

/** Seconds, so that what is measured is compiled code. */
const warmUp = 8

/** Log-ins a second over HTTP at the default cost, against what argon2 alone can do with all cores in the same run. */
export const benchLogIn = async (rounds = 7, seconds = 4) => {
  await using server = await startGatebook({ env: defaultCost })
  const post = poster()
  for (let account = 0; account < accounts; account++) await post(server.baseUrl, '/register', account)
  const encoded = await argon2Hash(password, cost)
  const concurrency = threadShare(cost.parallelism)
  const logIn = (caller: number) => post(server.baseUrl, '/login', caller)
  await perSecond(warmUp, accounts, logIn)
  const figures = await turnByTurn(rounds, {
    argon2: () => perSecond(seconds, concurrency, () => argon2Verify(encoded, password)),
    logIns: () => perSecond(seconds, accounts, logIn),
  })
  return { argon2: median(figures.argon2), logIns: median(figures.logIns), ratio: medianRatio(figures.logIns, figures.argon2) }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { argon2, logIns, ratio } = await benchLogIn()
  console.log(`argon2 alone ${argon2.toFixed(1)}/s, log-ins ${logIns.toFixed(1)}/s, ratio ${ratio.toFixed(3)}`)
}
