import { cpSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PublicEvent } from 'gatebook'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { instant } from '../../../domain/kernel/instant.ts'
import { codeAt, stepAt } from '../../../infrastructure/otp/one-time-code.ts'
import { person } from '../../support/server/client.ts'
import { mustBe } from '../../support/server/second-factor.ts'
import { type App, collect, openApp, until } from './following-app.ts'

let app: App
beforeEach(async () => {
  app = await openApp()
})
afterEach(async () => {
  await app.close()
  app.remove()
})

const start = (options: Parameters<App['gatebook']['follow']>[0]) => {
  const stopping = new AbortController()
  return { ...collect(app.gatebook.follow({ ...options, signal: stopping.signal })), stop: () => stopping.abort() }
}

/** Every public event so far, and those of somebody who registers to mark the end. */
const everything = async () => {
  const { collected, done, stop } = start({ after: 'beginning' })
  const { accountId } = await app.register({ email: 'the-last@example.org' })
  await until(() => collected.some((event) => event.type === 'SessionGranted' && event.accountId === accountId))
  stop()
  await done
  return collected
}

const idsOf = (events: readonly PublicEvent[]) => events.map(({ id }) => id)

const taking = async (count: number, events: AsyncIterable<PublicEvent>) => {
  const taken: PublicEvent[] = []
  for await (const event of events) if (taken.push(event) === count) break
  return taken
}

describe('following the log', () => {
  test('ends at once when its reader returns while it waits', async () => {
    const events = app.gatebook.follow()
    const waiting = events.next()
    expect(await events.return()).toEqual({ done: true, value: undefined })
    expect(await waiting).toEqual({ done: true, value: undefined })
  })

  test('gives committed events with the data of the person opened, as they happen', async () => {
    const { collected, done, stop, untilType } = start({ types: ['AccountRegistered', 'SessionGranted', 'SessionRevoked'] })
    const ada = await app.register()
    await app.post('/logout', undefined, ada.token)
    await untilType('SessionRevoked')
    stop()
    await done
    const common = {
      accountId: ada.accountId,
      at: expect.any(Date),
      position: expect.any(String),
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    }
    expect(collected).toEqual([
      { ...common, type: 'AccountRegistered', actor: expect.any(String), data: { email: person.email, emailVerified: false } },
      {
        ...common,
        type: 'SessionGranted',
        actor: ada.accountId,
        data: {
          sessionId: ada.session.id,
          factors: ['pwd'],
          ipAddress: '127.0.0.1',
          userAgent: expect.any(String),
          idleExpiresAt: expect.any(Date),
          expiresAt: expect.any(Date),
        },
      },
      { ...common, type: 'SessionRevoked', actor: ada.accountId, data: { sessionId: ada.session.id, because: 'logged_out' } },
    ])
  })

  test('goes on after the position of any event, in another process too', async () => {
    await app.register()
    await app.register({ email: 'grace@example.org' })
    const all = await everything()
    const dataDir = app.dataDir
    await app.close()
    app = await openApp({}, dataDir)
    for (const [n, { position }] of all.slice(0, -1).entries()) {
      const rest = await taking(all.length - n - 1, app.gatebook.follow({ after: position }))
      expect(idsOf(rest)).toEqual(idsOf(all.slice(n + 1)))
    }
  })

  test('gives null for what was of an erased person', async () => {
    const root = await app.root()
    const ada = await app.register()
    await app.register({ email: 'grace@example.org' })
    expect((await app.del(`/admin/accounts/${ada.accountId}`, root)).status).toBe(204)
    const all = await everything()
    const hers = all.filter(({ accountId }) => accountId === ada.accountId)
    expect(hers.map(({ type }) => type)).toEqual(expect.arrayContaining(['AccountRegistered', 'SessionGranted', 'AccountErased']))
    for (const event of hers) {
      if (event.type === 'AccountRegistered') expect(event.data.email).toBe(null)
      if (event.type === 'SessionGranted') expect([event.data.ipAddress, event.data.userAgent]).toEqual([null, null])
    }
    expect(JSON.stringify(hers)).not.toContain(person.email)
    expect(JSON.stringify(all)).toContain('grace@example.org')
  })

  test('shows no secret, and nothing of an address that nobody has', async () => {
    const ada = await app.register()
    const elevated = await app.elevated(ada.token)
    const { secret, recoveryCodes } = mustBe(200, await app.post('/totp/enroll', undefined, elevated))
    const code = codeAt(secret, stepAt(instant(Date.now())))
    mustBe(204, await app.post('/totp/confirm', { code }, elevated))
    await app.post('/login', { ...person, transport: 'bearer' })
    await app.post('/login', { ...person, password: 'not the password', transport: 'bearer' })
    await app.post('/login', { email: 'nobody@example.org', password: 'whatever it is', transport: 'bearer' })
    const all = await everything()
    const text = JSON.stringify(all)
    for (const word of [person.password, ada.token, ada.refreshToken, elevated, secret, code, ...recoveryCodes, 'nobody@', 'argon2']) {
      expect(text).not.toContain(word)
    }
    expect(all.filter(({ type }) => type === 'PasswordRejected')).toHaveLength(1)
    expect(all.filter(({ accountId }) => accountId === null)).toEqual([])
    const raw = JSON.parse(text) as readonly object[]
    expect(Object.keys(raw[0] ?? {})).toEqual(['id', 'position', 'type', 'at', 'accountId', 'actor', 'data'])
  })

  test('refuses what is not an option of it, without repeating it', async () => {
    const { follow } = app.gatebook
    for (const after of ['somewhere', '', 7, null]) {
      expect(() => follow({ after: after as string })).toThrow(
        new TypeError("after: expected the position of an event, 'beginning' or 'now'"),
      )
    }
    expect(() => follow({ types: ['DataKeyWrapped' as 'SessionGranted'] })).toThrow(TypeError)
  })

  test('refuses a position that lies ahead of a log that was put back from a copy', async () => {
    await app.register()
    const { dataDir } = app
    const copy = mkdtempSync(join(tmpdir(), 'gatebook-copy-'))
    await app.close()
    cpSync(dataDir, copy, { recursive: true })
    app = await openApp({}, dataDir)
    const last = (await everything()).at(-1)?.position ?? ''
    const old = await openApp({}, copy)
    await expect(old.gatebook.follow({ after: last }).next()).rejects.toThrow('the cursor is not of this log')
    await old.close()
    old.remove()
  })

  test('ends when its signal is aborted, and when Gatebook is closed', async () => {
    const [one, other] = [start({}), start({})]
    one.stop()
    await one.done
    await app.close()
    await other.done
    const aborted = collect(app.gatebook.follow({ signal: AbortSignal.abort() }))
    await aborted.done
    expect([one.collected, other.collected, aborted.collected]).toEqual([[], [], []])
  })

  test('reads no further than was taken, and holds nobody up meanwhile', async () => {
    const iterator = app.gatebook.follow({ after: 'beginning' })
    const first = iterator.next()
    await app.register()
    const taken = [(await first).value as PublicEvent]
    for (let n = 0; n < 60; n++) await app.logIn()
    const all = await everything()
    taken.push(...(await taking(all.length - 1, iterator)))
    expect(idsOf(taken)).toEqual(idsOf(all))
  })
})
