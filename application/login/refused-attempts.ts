import type { BlindIndex } from '../../domain/kernel/ids.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import { loginStream } from '../../domain/kernel/streams.ts'
import type { Needs } from '../dependencies.ts'

type Refused = { count: number; from: Instant; to: Instant }

const identifiersRemembered = 10_000

/** Counts attempts that met a lock, and records them folded, one event an identifier and window, so that a stranger cannot fill the log. */
export function refusedAttempts({ handle, aggregates, newId }: Needs<'handle' | 'aggregates' | 'newId'>) {
  let window = new Map<BlindIndex, Refused>()
  return {
    /** Beyond the bound on identifiers the count of a window is incomplete; the locks hold all the same. */
    note: (identifier: BlindIndex, at: Instant) => {
      const known = window.get(identifier)
      if (known) Object.assign(known, { count: known.count + 1, to: at })
      else if (window.size < identifiersRemembered) window.set(identifier, { count: 1, from: at, to: at })
    },
    /** Records the window that ends now; call it at each window's end and before the process stops. */
    record: async () => {
      const ended = window
      window = new Map()
      const metadata = { actor: 'system', correlationId: newId(), causationId: null }
      for (const [identifier, refused] of ended) {
        await handle(aggregates.login, loginStream(identifier), { type: 'recordRefusedAttempts', ...refused }, metadata)()
      }
    },
  }
}
