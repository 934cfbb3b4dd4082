import type { Task } from 'fp-ts/lib/Task.js'
import type { LegacyPassword } from '../../../application/needs.ts'

/** Whether the former system accepts the password. Anything but `true` is a no. */
export type VerifyLegacyPassword = (claimed: LegacyPassword) => Promise<boolean> | boolean

export type LegacyFault = 'not_configured' | 'failed' | 'timed_out'

/** Milliseconds. */
const patience = 5_000

/** Fails closed. What the former system says of its failure is dropped: it may repeat the password. */
export const legacyPasswords =
  (verify: VerifyLegacyPassword | undefined, onFault: (fault: LegacyFault) => void, limit = patience) =>
  (claimed: LegacyPassword): Task<boolean> =>
  async () => {
    if (verify === undefined) {
      onFault('not_configured')
      return false
    }
    const waited = Promise.withResolvers<'timed_out'>()
    const timer = setTimeout(() => waited.resolve('timed_out'), limit)
    try {
      const answer: unknown = await Promise.race([(async () => verify(claimed))(), waited.promise])
      if (answer === 'timed_out') onFault('timed_out')
      else if (typeof answer !== 'boolean') onFault('failed')
      return answer === true
    } catch {
      onFault('failed')
      return false
    } finally {
      clearTimeout(timer)
    }
  }
