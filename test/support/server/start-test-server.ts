import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as setTimer } from 'node:timers/promises'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { HashSlot, HashTurn } from '../../../application/ports/hasher.ts'
import { startServer } from '../../../composition/start-server.ts'
import { readConfig } from '../../../infrastructure/configuration/read-config.ts'
import { argon2PasswordHasher, type HasherOptions } from '../../../infrastructure/hashing/argon2-password-hasher.ts'
import type { Hooks } from '../../../infrastructure/observability/hooks.ts'
import { createLogger } from '../../../infrastructure/observability/logger.ts'
import { clientOf } from './client.ts'

export const origin = 'http://localhost:1984'
export const setupToken = 'a-setup-token-for-tests'

const cheap = {
  PORT: '0',
  PUBLIC_ORIGIN: origin,
  SETUP_TOKEN: setupToken,
  ARGON2_MEMORY_KIB: '8',
  ARGON2_TIME: '1',
  LOGIN_RATE_PER_MINUTE: '0',
  RATE_PER_MINUTE: '0',
}

/** The time step of one-time codes, in milliseconds. */
const timeStep = 30_000

export type TestServerOptions = {
  readonly env?: Readonly<Record<string, string>>
  /** Not removed at the end. */
  readonly dataDir?: string
  readonly hooks?: Hooks
  readonly hasher?: Partial<HasherOptions>
  /** Whether to wait until a cluster node is ready; true by default. */
  readonly awaitReady?: boolean
}

const valuesOf = (env: Readonly<Record<string, string>>) => {
  const config = readConfig(env)
  if (isLeft(config)) throw new Error(config.left.map(({ variable, expected }) => `${variable}: expected ${expected}`).join('\n'))
  return config.right
}

/**
 * The real server with cheap hashes and a clock that the test sets. The clock starts at the beginning of a time step, so that no step ends
 * during a test. `counted` counts the verified passwords.
 */
export const startTestServer = async ({
  env = {},
  dataDir: given,
  hooks: outside = {},
  hasher: chosen = {},
  awaitReady = true,
}: TestServerOptions = {}) => {
  const dataDir = given ?? mkdtempSync(join(tmpdir(), 'gatebook-test-'))
  const clock = { ahead: timeStep - (Date.now() % timeStep) }
  const counted = { verified: 0 }
  const makeHasher = async (options: HasherOptions) => {
    const { hash, reserve, ...imported } = await argon2PasswordHasher({ ...options, ...chosen })
    const counting = ({ verify, release }: HashSlot): HashSlot => ({
      release,
      verify: (password, stored) => {
        counted.verified += 1
        return verify(password, stored)
      },
    })
    return {
      ...imported,
      hash,
      reserve: (turn: HashTurn) => {
        const slot = reserve(turn)
        return isLeft(slot) ? slot : { ...slot, right: counting(slot.right) }
      },
    }
  }
  const { wall = () => Date.now() + clock.ahead } = outside
  let latest = 0
  /** Time passes when the test moves the clock forwards; when it is set back, that is a jump. */
  const elapsed = () => {
    latest = Math.max(latest, wall())
    return latest
  }
  const values = valuesOf({ ...cheap, DATA_DIR: dataDir, ...env })
  const started = await startServer(values, createLogger('silent'), { wall, elapsed, makeHasher, ...outside })
  const remove = () => given === undefined && rmSync(dataDir, { recursive: true, force: true })
  if (isLeft(started)) {
    remove()
    throw Object.assign(new Error('did not start'), { failure: started.left })
  }
  const { app, gatebook, url, metricsUrl, stop: stopServer } = started.right
  while (env.EVENT_STORE === 'eventstoredb' && awaitReady && (await gatebook.unready()) !== null) await setTimer(5)
  const stop = async () => {
    await stopServer()
    remove()
  }
  const advance = (milliseconds: number) => {
    clock.ahead += milliseconds
  }
  const head = async () => {
    const read = await gatebook.store.head()()
    if (isLeft(read)) throw new Error(read.left.type)
    return read.right
  }
  /** Repeats a call until it has led to an event, which may be appended after the response. */
  const recorded = async <A>(send: () => Promise<A>) => {
    const before = await head()
    for (;;) {
      const answer = await send()
      await new Promise((resolve) => setTimeout(resolve, 2))
      if ((await head()) !== before) return answer
    }
  }
  return { ...clientOf(app), recorded, app, gatebook, url, metricsUrl, dataDir, counted, advance, stop }
}

export type InProcess = Awaited<ReturnType<typeof startTestServer>>
