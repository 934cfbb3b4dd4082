import { keyAggregates } from '../../../application/journal/aggregates.ts'
import { openJournal } from '../../../application/journal/journal.ts'
import type { TokenHolder } from '../../../application/ports/access-tokens.ts'
import { accessTokens } from '../../../infrastructure/access-tokens/access-tokens.ts'
import { memoryEventStore } from '../../../infrastructure/event-store/memory/memory-event-store.ts'
import { newId } from '../../../infrastructure/ids/new-id.ts'
import { sealingVault } from '../../../infrastructure/sealing/vault.ts'
import { accountId, sessionId } from '../../support/domain/ids.ts'
import { later, noon } from '../../support/domain/time.ts'

export const issuer = 'https://login.example.org'
export const audience = 'https://api.example.org'
export const second = 1000
export const minute = 60 * second
export const seconds = (at: number) => Math.floor(at / 1000)

export const holder: TokenHolder = {
  accountId: accountId(1),
  sessionId: sessionId(2),
  roles: ['admin', 'editor'],
  claims: { publisher: true, level: 3, team: 'a' },
  factors: ['pwd', 'otp'],
  authenticatedAt: later(-minute),
  elevatedUntil: null,
  endsAt: later(24 * 60 * minute),
}

/** A signer on a log in memory, with a clock that only the test moves. `again` starts another process on the same log. */
export const signer = () => {
  const clock = { at: noon }
  const store = memoryEventStore()
  const now = () => clock.at
  const start = (masterKey = Buffer.alloc(32, 1)) =>
    accessTokens({
      journal: { ...openJournal({ store, newId, aggregates: keyAggregates }), now, newId },
      crypto: { vault: sealingVault({ store, now, newId, masterKey }) },
      issuer: () => issuer,
      audience: () => audience,
    })
  return { clock, store, tokens: start(), again: start }
}
