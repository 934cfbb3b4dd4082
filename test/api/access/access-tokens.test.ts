import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EventStore } from '../../../application/ports/event-store.ts'
import { revokeAllSessions } from '../../../application/sessions/revoke-session.ts'
import type { AccountId, SessionId } from '../../../domain/kernel/ids.ts'
import { sessionStream } from '../../../domain/kernel/streams.ts'
import { problem } from '../../support/server/problem.ts'
import { type InProcess, startTestServer } from '../../support/server/start-test-server.ts'
import { succeed } from '../../support/test-app/outcomes.ts'
import { crashingBefore } from '../../support/test-app/stores.ts'

const caller = { correlationId: '01970000-0000-7000-8000-000000000001' } as Parameters<ReturnType<typeof revokeAllSessions>>[1]

describe('an access token', () => {
  let app: InProcess
  let around: (store: EventStore) => EventStore = (store) => store
  let people = 0
  beforeAll(async () => {
    const wrapStore = (store: EventStore): EventStore => ({ ...store, append: (...what) => around(store).append(...what) })
    app = await startTestServer({ hooks: { wrapStore } })
  })
  afterAll(() => app.stop())

  const somebody = async () => {
    around = (store) => store
    const { token, refreshToken, accountId, session } = await app.register({ email: `somebody-${people++}@example.org` })
    const stream = sessionStream(session.id)
    const issued = async () => (await succeed(app.gatebook.store.read(stream))).filter(({ type }) => type === 'AccessTokenIssued')
    return { token, refreshToken, accountId: accountId as AccountId, sessionId: session.id as SessionId, issued }
  }
  const asking = (token: string) => app.post('/token', undefined, token)

  test('is an event before it is given out, which names it and does not hold it', async () => {
    const ada = await somebody()
    const { status, body } = await asking(ada.token)
    expect(status).toBe(200)
    const { jti, exp = 0, iat } = decodeJwt(body.accessToken)
    const [event, ...others] = await ada.issued()
    expect(others).toEqual([])
    expect(event?.data).toEqual({ tokenId: jti, expiresAt: new Date(exp * 1000).toISOString(), at: expect.any(String) })
    expect(event?.metadata.actor).toBe(ada.accountId)
    expect(body.expiresIn).toBe(exp - (iat ?? 0))
    const [, payload = '', signature = ''] = body.accessToken.split('.')
    expect(JSON.stringify(event)).not.toContain(signature)
    expect(JSON.stringify(event)).not.toContain(payload)
  })

  test('is in the audit trail of its account', async () => {
    const ada = await somebody()
    await asking(ada.token)
    const { entries } = (await app.get('/audit/me?limit=1', ada.token)).body
    expect(entries).toMatchObject([
      {
        type: 'AccessTokenIssued',
        account: ada.accountId,
        actor: ada.accountId,
        summary: expect.stringMatching(/^Access token issued until 20/),
      },
    ])
  })

  test('is not given out if it cannot be recorded', async () => {
    const ada = await somebody()
    around = crashingBefore('AccessTokenIssued')
    expect(await asking(ada.token)).toMatchObject({ status: 503, body: { code: 'STORE_UNAVAILABLE' } })
    expect(await ada.issued()).toEqual([])
  })

  /** Acts once between the decision on the token and its append. */
  const meanwhile = (act: () => Promise<unknown>) => {
    let done = false
    around = (store) => ({
      ...store,
      append: (stream, revision, events) => async () => {
        if (!done && events.some(({ type }) => type === 'AccessTokenIssued')) {
          done = true
          await act()
        }
        return store.append(stream, revision, events)()
      },
    })
    return () => done
  }

  test('is not issued to a session that was revoked, before or meanwhile, and leaves no event', async () => {
    const ada = await somebody()
    const wasRevoked = meanwhile(() =>
      app.gatebook.store.append(sessionStream(ada.sessionId), 0, [
        {
          eventId: app.gatebook.ports.journal.newId(),
          type: 'SessionRevoked',
          version: 1,
          data: { because: 'logged_out', at: new Date(app.gatebook.ports.journal.now()).toISOString() },
          metadata: { actor: ada.accountId, correlationId: caller.correlationId, causationId: null },
        },
      ])(),
    )
    expect(await asking(ada.token)).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
    expect(wasRevoked()).toBe(true)
    expect(await asking(ada.token)).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
    expect(await ada.issued()).toEqual([])
  })

  test('is not given out when all sessions of the account end while it is recorded', async () => {
    const ada = await somebody()
    const end = revokeAllSessions(app.gatebook.ports)
    const haveEnded = meanwhile(() =>
      succeed(end({ accountId: ada.accountId, because: 'logged_out_everywhere', actor: ada.accountId }, caller)),
    )
    expect(await asking(ada.token)).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
    expect(haveEnded()).toBe(true)
  })

  test('has no claim that was retracted while it was recorded', async () => {
    const ada = await somebody()
    const { decide, now } = app.gatebook.ports.journal
    const stream = { aggregate: 'account' as const, name: `account-${ada.accountId}` }
    const metadata = { actor: ada.accountId, correlationId: caller.correlationId, causationId: null }
    await succeed(decide(stream, { type: 'assertClaim', name: 'publisher', value: true, at: now() }, metadata))
    expect(decodeJwt((await asking(ada.token)).body.accessToken).claims).toEqual({ publisher: true })
    meanwhile(() => succeed(decide(stream, { type: 'retractClaim', name: 'publisher', at: now() }, metadata)))
    expect(decodeJwt((await asking(ada.token)).body.accessToken).claims).toEqual({})
  })

  test('and refreshes at once: one refresh, no lost event, and every token that was given out is recorded', async () => {
    const ada = await somebody()
    const answers = await Promise.all([
      ...Array.from({ length: 10 }, () => asking(ada.token)),
      app.post('/session/refresh', { refreshToken: ada.refreshToken }),
      ...Array.from({ length: 10 }, () => asking(ada.token)),
    ])
    const given = answers.flatMap(({ status, body }) => (status === 200 && body.accessToken ? [decodeJwt(body.accessToken).jti] : []))
    expect(answers.map(({ status }) => status).filter((status) => status !== 200 && status !== 401)).toEqual([])
    expect(answers[10]?.status).toBe(200)
    const recorded = (await ada.issued()).map(({ data }) => (data as { tokenId: string }).tokenId)
    expect(new Set(recorded).size).toBe(recorded.length)
    expect(recorded).toEqual(expect.arrayContaining(given))
    expect((await asking(answers[10]?.body.token)).status).toBe(200)
  })
})
