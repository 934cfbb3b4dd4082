import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as setTimer } from 'node:timers/promises'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { HashSlot } from '../../../application/ports/hasher.ts'
import { readConfig } from '../../../composition/config/read-config.ts'
import { startServer } from '../../../composition/start-server.ts'
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

/** Of a one-time code, in milliseconds. */
const timeStep = 30_000

export type TestServerOptions = {
  readonly env?: Readonly<Record<string, string>>
  /** Kept at the end if given. */
  readonly dataDir?: string
  readonly hooks?: Hooks
  readonly hasher?: Partial<HasherOptions>
  /** A node is waited for until it can let people in, unless told not to. */
  readonly awaitReady?: boolean
}

const valuesOf = (env: Readonly<Record<string, string>>) => {
  const config = readConfig(env)
  if (isLeft(config)) throw new Error(config.left.map(({ variable, expected }) => `${variable}: expected ${expected}`).join('\n'))
  return config.right
}

/**
 * Everything real but for the cost of a hash and the clock, which is set by hand and starts with a time step, so that none ends in the middle of a test;
 * passwords that were verified are counted.
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
    const { hash, reserve } = await argon2PasswordHasher({ ...options, ...chosen })
    const counting = ({ verify, release }: HashSlot): HashSlot => ({
      release,
      verify: (password, stored) => {
        counted.verified += 1
        return verify(password, stored)
      },
    })
    return {
      hash,
      reserve: () => {
        const slot = reserve()
        return isLeft(slot) ? slot : { ...slot, right: counting(slot.right) }
      },
    }
  }
  const values = valuesOf({ ...cheap, DATA_DIR: dataDir, ...env })
  const started = await startServer(values, createLogger('silent'), { wall: () => Date.now() + clock.ahead, makeHasher, ...outside })
  const remove = () => given === undefined && rmSync(dataDir, { recursive: true, force: true })
  if (isLeft(started)) {
    remove()
    throw Object.assign(new Error('did not start'), { failure: started.left })
  }
  const { app, gatebook, url, stop: stopServer } = started.right
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
  /** Sends until something was recorded behind the answer's back. */
  const recorded = async <A>(send: () => Promise<A>) => {
    const before = await head()
    for (;;) {
      const answer = await send()
      await new Promise((resolve) => setTimeout(resolve, 2))
      if ((await head()) !== before) return answer
    }
  }
  return { ...clientOf(app), recorded, app, gatebook, url, dataDir, counted, advance, stop }
}

export type InProcess = Awaited<ReturnType<typeof startTestServer>>
