import type { BlindIndex } from '../../domain/kernel/ids.ts'
import { type Instant, instant } from '../../domain/kernel/instant.ts'
import { metadataOf } from '../caller.ts'
import { foldedWindow } from '../folded-window.ts'
import type { Journal } from '../journal/journal.ts'
import { streams } from '../journal/streams.ts'
import type { NewId } from '../ports/clock.ts'

type Refused = { readonly count: number; readonly from: Instant; readonly to: Instant }

const joined = (a: Refused, b: Refused): Refused => ({
  count: a.count + b.count,
  from: instant(Math.min(a.from, b.from)),
  to: instant(Math.max(a.to, b.to)),
})

export function refusedAttempts({ decide, newId }: Pick<Journal, 'decide'> & { readonly newId: NewId }) {
  const window = foldedWindow<BlindIndex, Refused>(joined)
  return {
    count: (identifier: BlindIndex, at: Instant) => window.add(identifier, { count: 1, from: at, to: at }),

    record: () => {
      const metadata = metadataOf({ correlationId: newId() }, 'system')
      return window.record((identifier, refused) =>
        decide(streams.login(identifier), { type: 'recordRefusedAttempts', ...refused }, metadata),
      )
    },
  }
}
