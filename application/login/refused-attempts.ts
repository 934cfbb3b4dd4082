import { isLeft } from 'fp-ts/lib/Either.js'
import type { BlindIndex } from '../../domain/kernel/ids.ts'
import { type Instant, instant } from '../../domain/kernel/instant.ts'
import type { Journal } from '../journal/journal.ts'
import { streams } from '../journal/streams.ts'
import type { NewId } from '../ports/clock.ts'

type Refused = { readonly count: number; readonly from: Instant; readonly to: Instant }

const maxIdentifiers = 10_000

const joined = (a: Refused | undefined, b: Refused): Refused => {
  if (a === undefined) return b
  return { count: a.count + b.count, from: instant(Math.min(a.from, b.from)), to: instant(Math.max(a.to, b.to)) }
}

/** One event per identifier and window, so that nobody can fill the log. */
export function refusedAttempts({ decide, newId }: Pick<Journal, 'decide'> & { readonly newId: NewId }) {
  let window = new Map<BlindIndex, Refused>()

  const add = (identifier: BlindIndex, refused: Refused) => {
    const known = window.get(identifier)
    if (known !== undefined || window.size < maxIdentifiers) window.set(identifier, joined(known, refused))
  }

  return {
    /** Beyond 10,000 identifiers in a window the counts are incomplete. The locks hold all the same. */
    count: (identifier: BlindIndex, at: Instant) => add(identifier, { count: 1, from: at, to: at }),

    /** Records the window that ends now. What the log does not take is recorded with the next window. */
    record: async () => {
      const ended = window
      window = new Map()
      const metadata = { actor: 'system', correlationId: newId(), causationId: null }
      for (const [identifier, refused] of ended) {
        const command = { type: 'recordRefusedAttempts' as const, ...refused }
        if (isLeft(await decide(streams.login(identifier), command, metadata)())) add(identifier, refused)
      }
    },
  }
}
