import { createHash, randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { EventStore, NewEvent, PayloadErasure } from '../../../application/ports/event-store.ts'
import type { AttemptId } from '../../../domain/kernel/ids.ts'
import { eventReader } from '../../../domain/kernel/reader.ts'
import { type LoginEvent, LoginSummarized, loginEvents, PasswordRejected } from '../../../domain/login/events.ts'
import { later } from '../../support/domain/time.ts'
import { failureOf, got, newEvent, newEvents, newKeyStream, newStream, rejected, restOfLog } from './support.ts'

type Store = EventStore & PayloadErasure
type StoreForTest = { readonly store: Store; readonly reopen?: () => Promise<Store>; readonly dispose: () => Promise<void> }

const { encode } = eventReader(loginEvents)
const newLoginStream = () => `login-${randomUUID()}`
const eventOf = (event: LoginEvent): NewEvent => ({ ...newEvent(), ...encode(event) })
const rejection = () => eventOf(PasswordRejected({ attemptId: randomUUID() as AttemptId, at: later(5) }))
const summary = () => eventOf(LoginSummarized({ lanes: [], rejectedAttempts: 1, keyOwner: null, challenges: [], at: later(6) }))

const ever = '9999-01-01T00:00:00.000Z'
const all = (summary: number) => ({ from: 0, summary, recordedBefore: ever })

const erased = ({ type, version, data }: NewEvent) => ({
  type: 'LoginPayloadErased',
  version: 1,
  data: {
    eventType: type,
    eventVersion: version,
    accountId: null,
    sha256: createHash('sha256').update(JSON.stringify(data)).digest('hex'),
    at: Object(data).at,
  },
})

/** The contract of every store that can erase payloads. */
export const payloadErasureContract = (name: string, open: () => Promise<StoreForTest>) =>
  describe(`${name}, where payloads are erased,`, () => {
    const storeTest = (sentence: string, body: (opened: StoreForTest) => Promise<void>) =>
      test(sentence, async () => {
        const opened = await open()
        try {
          await body(opened)
        } finally {
          await opened.dispose()
        }
      })

    storeTest('replaces what is before the summary, and leaves place, id, metadata and time as they were', async ({ store }) => {
      const stream = newLoginStream()
      const events = [rejection(), summary(), rejection(), summary(), rejection()]
      await got(store.append(stream, 'no_stream', events))
      const before = await got(store.read(stream))
      await got(store.erasePayloads(stream, all(3)))
      const after = await got(store.read(stream))
      expect(after.slice(3)).toEqual(before.slice(3))
      expect(after.slice(0, 3)).toEqual(before.slice(0, 3).map((event) => ({ ...event, ...erased(event) })))
      expect(await restOfLog(store, 0)).toEqual(after)
      expect((await got(store.append(stream, 4, [rejection()]))).revision).toBe(5)
    })

    storeTest('erases from a revision on, and only what was recorded before a time', async ({ store }) => {
      const stream = newLoginStream()
      await got(store.append(stream, 'no_stream', [rejection(), rejection(), rejection(), summary()]))
      const before = await got(store.read(stream))
      await got(store.erasePayloads(stream, { ...all(3), recordedBefore: before[0]?.recordedAt ?? '' }))
      expect(await got(store.read(stream))).toEqual(before)
      await got(store.erasePayloads(stream, { ...all(3), from: 1 }))
      const types = (await got(store.read(stream))).map(({ type }) => type)
      expect(types).toEqual(['PasswordRejected', 'LoginPayloadErased', 'LoginPayloadErased', 'LoginSummarized'])
    })

    storeTest('erases only the types that are asked for', async ({ store }) => {
      const stream = newLoginStream()
      await got(store.append(stream, 'no_stream', [summary(), rejection(), summary()]))
      await got(store.erasePayloads(stream, { ...all(2), types: ['PasswordRejected', 'Nothing'] }))
      const types = (await got(store.read(stream))).map(({ type }) => type)
      expect(types).toEqual(['LoginSummarized', 'LoginPayloadErased', 'LoginSummarized'])
    })

    storeTest('erases twice as once, also in long streams', async ({ store }) => {
      const stream = newLoginStream()
      await got(store.append(stream, 'no_stream', Array.from({ length: 700 }, rejection)))
      await got(store.append(stream, 699, [summary()]))
      await Promise.all([got(store.erasePayloads(stream, all(700))), got(store.erasePayloads(stream, all(700)))])
      const once = await got(store.read(stream))
      expect(once.filter(({ type }) => type === 'LoginPayloadErased')).toHaveLength(700)
      await got(store.erasePayloads(stream, all(700)))
      expect(await got(store.read(stream))).toEqual(once)
    })

    storeTest('answers a repeated append of what was erased as it did before', async ({ store }) => {
      const stream = newLoginStream()
      const events = [rejection(), summary()]
      const answer = await got(store.append(stream, 'no_stream', events))
      await got(store.erasePayloads(stream, all(1)))
      expect(await got(store.append(stream, 'no_stream', events))).toEqual(answer)
    })

    storeTest('refuses where no summary stands, and changes nothing', async ({ store }) => {
      const stream = newLoginStream()
      await got(store.append(stream, 'no_stream', [rejection(), rejection(), summary()]))
      const before = await got(store.read(stream))
      for (const at of [1, 3]) expect(await failureOf(store.erasePayloads(stream, all(at)))).toEqual({ type: 'conflict', stream })
      expect((await failureOf(store.erasePayloads(newLoginStream(), all(1)))).type).toBe('conflict')
      expect(await got(store.read(stream))).toEqual(before)
    })

    storeTest('erases in no stream that is not a login stream', async ({ store }) => {
      for (const stream of [newStream(), newKeyStream(), 'loginx-1', 'login']) {
        await got(store.append(stream, 'no_stream', [summary()]))
        await got(store.append(stream, 0, [summary()]))
        const before = await got(store.read(stream))
        await rejected(store.erasePayloads(stream, all(1)))
        expect(await got(store.read(stream))).toEqual(before)
      }
    })

    storeTest('changes nothing in a stream with an event that it cannot read, and goes on with others', async ({ store }) => {
      const stream = newLoginStream()
      await got(store.append(stream, 'no_stream', [rejection(), ...newEvents(1), summary()]))
      const before = await got(store.read(stream))
      const [failure, appended] = await Promise.all([
        failureOf(store.erasePayloads(stream, all(2))),
        got(store.append(newStream(), 'no_stream', newEvents(1))),
      ])
      expect([failure.type, appended.revision]).toEqual(['corrupt', 0])
      expect(await got(store.read(stream))).toEqual(before)
    })

    storeTest('remembers how far it is, also after it was opened again', async ({ store, reopen = async () => store }) => {
      expect(await got(store.erasedThrough('unknown_names'))).toBe(0)
      const stream = newLoginStream()
      await got(store.append(stream, 'no_stream', [rejection(), summary()]))
      await got(store.erasePayloads(stream, all(1)))
      await got(store.saveErasedThrough(7, 'unknown_names'))
      const before = await got(store.read(stream))
      const again = await reopen()
      expect(await got(again.erasedThrough('unknown_names'))).toBe(7)
      expect(await got(again.read(stream))).toEqual(before)
    })
  })
