import { createHash, randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { EventStore, PayloadErasure } from '../../../application/ports/event-store.ts'
import type { SessionId } from '../../../domain/kernel/ids.ts'
import { instant } from '../../../domain/kernel/instant.ts'
import { eventReader } from '../../../domain/kernel/reader.ts'
import { SessionExtended, SessionGranted, sessionEvents } from '../../../domain/session/events.ts'
import { accountId, blindIndex, sealed, tokenHash } from '../../support/domain/ids.ts'
import { later } from '../../support/domain/time.ts'
import { got, newEvent, newStream, rejected, restOfLog } from './support.ts'

type Store = EventStore & PayloadErasure
type StoreForTest = { readonly store: Store; readonly reopen?: () => Promise<Store>; readonly dispose: () => Promise<void> }

const { encode } = eventReader(sessionEvents)
const [at, expiresAt] = [later(0), later(60_000)]
const iso = (time: number) => new Date(time).toISOString()
const due = { recordedBefore: '9999-01-01T00:00:00.000Z', expiredBy: iso(expiresAt) }

const newSession = () => {
  const sessionId = randomUUID() as SessionId
  const origin = { ipAddress: sealed('address'), networkIndex: blindIndex(1), userAgent: sealed('agent') }
  const proof = { tokenHash: tokenHash(1), refreshToken: null, factors: ['pwd' as const], key: null }
  const times = { at, idleExpiresAt: expiresAt, expiresAt }
  const grant = SessionGranted({ sessionId, accountId: accountId(1), accountRevision: 0, ...proof, ...origin, ...times })
  const events = [grant, SessionExtended({ at: instant(at + 1), idleExpiresAt: expiresAt })].map((event) => ({
    ...newEvent(),
    ...encode(event),
  }))
  return { stream: `session-${sessionId}`, sessionId, events }
}

/** The contract of every store that can erase payloads, for those of sessions. */
export const grantErasureContract = (name: string, open: () => Promise<StoreForTest>) =>
  describe(`${name}, where the grants of sessions are erased,`, () => {
    const storeTest = (sentence: string, body: (opened: StoreForTest) => Promise<void>) =>
      test(sentence, async () => {
        const opened = await open()
        try {
          await body(opened)
        } finally {
          await opened.dispose()
        }
      })

    storeTest('replaces the grant, once and for good, and leaves its place and all that follows', async ({ store, reopen }) => {
      const { stream, sessionId, events } = newSession()
      await got(store.append(stream, 'no_stream', events))
      const [grant, ...others] = await got(store.read(stream))
      await Promise.all([got(store.eraseGrant(stream, due)), got(store.eraseGrant(stream, due))])
      await got(store.eraseGrant(stream, due))
      const sha256 = createHash('sha256').update(JSON.stringify(grant?.data)).digest('hex')
      const data = { eventVersion: 3, sessionId, accountId: accountId(1), sha256, at: iso(at), expiresAt: iso(expiresAt) }
      const erased = [{ ...grant, type: 'SessionPayloadErased', version: 1, data }, ...others]
      expect(await restOfLog(store, 0)).toEqual(erased)
      expect(await got(((await reopen?.()) ?? store).read(stream))).toEqual(erased)
    })

    storeTest('leaves a session that may live, and one that was granted later', async ({ store }) => {
      const { stream, events } = newSession()
      await got(store.append(stream, 'no_stream', events))
      const before = await got(store.read(stream))
      await got(store.eraseGrant(stream, { ...due, expiredBy: iso(expiresAt - 1) }))
      await got(store.eraseGrant(stream, { ...due, recordedBefore: before[0]?.recordedAt ?? '' }))
      await got(store.eraseGrant(`session-${randomUUID()}`, due))
      expect(await got(store.read(stream))).toEqual(before)
    })

    storeTest('touches no other stream', async ({ store }) => {
      for (const stream of [newStream(), `login-${randomUUID()}`, 'sessionx-1', 'session']) {
        await got(store.append(stream, 'no_stream', newSession().events))
        const before = await got(store.read(stream))
        await rejected(store.eraseGrant(stream, due))
        expect(await got(store.read(stream))).toEqual(before)
      }
    })

    storeTest('remembers how far each kind is', async ({ store, reopen }) => {
      await got(store.saveErasedThrough(7, 'attempts'))
      await got(store.saveErasedThrough(3, 'sessions'))
      const again = (await reopen?.()) ?? store
      expect(await Promise.all((['attempts', 'sessions', 'unknown_names'] as const).map((kind) => got(again.erasedThrough(kind))))).toEqual(
        [7, 3, 0],
      )
    })
  })
