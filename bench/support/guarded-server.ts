import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify, { type FastifyInstance } from 'fastify'
import { isLeft, isRight } from 'fp-ts/lib/Either.js'
import { startServer } from '../../composition/start-server.ts'
import { openGatebook } from '../../index.ts'
import { readConfig } from '../../infrastructure/configuration/read-config.ts'
import { argon2Hash, argon2Verify } from '../../infrastructure/hashing/argon2.ts'
import { hashQueue } from '../../infrastructure/hashing/hash-queue.ts'
import { threadShare } from '../../infrastructure/hashing/thread-share.ts'
import { createLogger } from '../../infrastructure/observability/logger.ts'
import { type Contestant, own, sessions } from './contestant.ts'
import { hashAndMap } from './hash-and-map.ts'
import { cost, password } from './log-ins.ts'

const listen = (app: FastifyInstance) => app.listen({ port: 0, host: '127.0.0.1' })

const environment = () => {
  const dataDir = process.env.BENCH_DATA_DIR ?? mkdtempSync(join(tmpdir(), 'gatebook-bench-'))
  if (process.env.BENCH_DATA_DIR === undefined) process.on('exit', () => rmSync(dataDir, { recursive: true, force: true }))
  const cheap = { ARGON2_MEMORY_KIB: '8', ARGON2_TIME: '1', LOGIN_RATE_PER_MINUTE: '0', LOG_LEVEL: 'warn' }
  return { DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: '0', ...cheap }
}

const contestants: Readonly<Record<string, () => Promise<Contestant>>> = {
  bare: async () => {
    const app = Fastify()
    for (const path of ['/', own]) app.get(path, () => ({ ok: true }))
    return { url: await listen(app), tokens: Array.from({ length: sessions }, () => 'A'.repeat(43)) }
  },
  map: async () => {
    const app = Fastify()
    const { guard, tokens } = hashAndMap(sessions)
    app.get('/', { onRequest: guard }, () => ({ ok: true }))
    return { url: await listen(app), tokens }
  },
  guarded: async () => {
    const app = Fastify()
    const gatebook = await openGatebook({ environment: environment(), ratePerMinute: 0 })
    await app.register(gatebook.plugin)
    app.get('/', { onRequest: gatebook.guard.session }, () => ({ ok: true }))
    app.get('/unguarded', () => ({ ok: true }))
    return { url: await listen(app) }
  },
  /** Checks a password at the default cost, as many at once as the service does, and records nothing. */
  hash: async () => {
    const app = Fastify()
    const encoded = await argon2Hash(password, cost)
    const { reserve } = hashQueue({ concurrency: threadShare(cost.parallelism), queueLimit: 1_000, expected: 20 })
    app.post('/api/1/login', async () => {
      const taken = reserve({ network: '127.0.0.1', account: null })
      return { ok: isRight(taken) && (await taken.right.run(() => argon2Verify(encoded, password))) }
    })
    return { url: await listen(app), tokens: [] }
  },
  /** With a limit by address that counts and does not bite. */
  server: async () => {
    const values = readConfig({ ...environment(), RATE_PER_MINUTE: '1000000' })
    if (isLeft(values)) throw new Error(values.left.map(({ variable, expected }) => `${variable}: ${expected}`).join())
    const started = await startServer(values.right, createLogger('warn'))
    if (isLeft(started)) throw new Error('the server did not start')
    return { url: started.right.url }
  },
}

/** `node guarded-server.ts bare|map|guarded|hash|server`: one contestant, on BENCH_DATA_DIR if that is set. Tells its parent what it is, and on request the CPU time that it has used, in microseconds. */
const contestant = contestants[process.argv[2] ?? '']
if (contestant === undefined) throw new Error('bare, map, guarded, hash or server')
process.on('disconnect', () => process.exit(0))
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.(user + system)
})
process.send?.(await contestant())
