import type { EmbeddedGatebook } from '../composition/embed.ts'
import type { GatebookOptions } from '../composition/host-options.ts'
import { instant } from '../domain/kernel/instant.ts'
import { settableClock } from '../infrastructure/clock/settable-clock.ts'
import type { TestHelpers } from './people/helpers.ts'
import { mailbox } from './people/mailbox.ts'
import { millisecondsOf } from './people/test-clock.ts'
import { refuseInProduction } from './refuse-in-production.ts'

export type TestOptions = Omit<GatebookOptions, 'eventStore' | 'eventstoredbUrl' | 'dataDir' | 'smtpUrl'> & {
  /** The time at which the clock stands still until it is advanced. Now, if it is left out. */
  readonly now?: Date
}

export type TestGatebook = TestHelpers & {
  /** As `openGatebook` gives it. */
  readonly gatebook: EmbeddedGatebook
  /** Closing an app with its plugin does this too. */
  readonly close: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

const cheap = {
  argon2MemoryKib: 8,
  argon2Time: 1,
  argon2Parallelism: 1,
  loginRatePerMinute: 0,
  ratePerMinute: 0,
  logLevel: 'silent',
  publicOrigin: 'http://localhost',
} as const

/**
 * Gatebook for the tests of an app, in their own process: in memory, with cheap password hashes and without limits by address. Mails
 * stay in memory, and time passes only when `clock` is advanced. Throws with `NODE_ENV=production`.
 */
export async function openTestGatebook({ now = new Date(), ...options }: TestOptions = {}): Promise<TestGatebook> {
  refuseInProduction(options.environment)
  const time = settableClock(instant(now.getTime()))
  const mails = mailbox()
  // Loaded here, so that a test of a server does not load the server into its own process.
  const [{ openEmbedded }, { testPeople }] = await Promise.all([import('../composition/embed.ts'), import('./people/test-people.ts')])
  const hooks = { wall: time.now, elapsed: time.now, wrapMail: () => mails.send }
  const { embedded, core, origin } = await openEmbedded({ ...cheap, ...options, eventStore: 'memory' }, hooks)
  return {
    ...testPeople({ core, origin, mailbox: mails, clock: time }),
    gatebook: embedded,
    clock: {
      now: () => new Date(time.now()),
      advance: async (by) => {
        time.advance(millisecondsOf(by))
        return new Date(time.now())
      },
    },
    close: embedded.close,
    [Symbol.asyncDispose]: embedded.close,
  }
}
