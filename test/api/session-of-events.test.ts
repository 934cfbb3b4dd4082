import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RecordedEvent } from '../../application/ports/event-store.ts'
import { person } from '../support/server/client.ts'
import { type InProcess, setupToken, startTestServer } from '../support/server/start-test-server.ts'

describe('the session in which something was asked for', () => {
  let app: InProcess
  let root: { readonly accountId: string; readonly token: string }
  let ada: { readonly accountId: string; readonly token: string }
  const log = async () => {
    const all = await app.gatebook.store.readAll(0, 10_000)()
    return 'right' in all ? all.right : expect.unreachable('the log is in memory')
  }
  const during = async (call: () => Promise<{ readonly status: number }>): Promise<readonly RecordedEvent[]> => {
    const before = (await log()).length
    expect((await call()).status).toBeLessThan(300)
    return (await log()).slice(before)
  }
  const sessionOf = async (token: string) => (await app.get('/session', token)).body.session.id as string
  const sessionsIn = (events: readonly RecordedEvent[]) => new Set(events.map(({ metadata }) => metadata.sessionId))
  const bearer = { ...person, transport: 'bearer' }

  beforeAll(async () => {
    app = await startTestServer()
    root = await app.setUp(setupToken)
    ada = await app.register()
  })
  afterAll(() => app.stop())

  test('is in the events of a role that an administrator grants: theirs, not that of the owner', async () => {
    const token = await app.elevated(root.token)
    const events = await during(() => app.put(`/admin/accounts/${ada.accountId}/roles/editor`, undefined, token))
    expect(events.map(({ type }) => type)).toContain('RoleGranted')
    expect(sessionsIn(events)).toEqual(new Set([await sessionOf(token)]))
  })

  test('is in each event of a change of the password, the check of the old one included', async () => {
    const session = await sessionOf(ada.token)
    const change = { currentPassword: bearer.password, newPassword: 'another horse battery' }
    const events = await during(() => app.post('/password', change, ada.token))
    expect(events.map(({ type }) => type)).toContain('PasswordReplaced')
    expect(sessionsIn(events)).toEqual(new Set([session]))
  })

  test('is in the end of another session, beside the session that ends', async () => {
    const login = { ...bearer, password: 'another horse battery' }
    const other = await sessionOf((await app.post('/login', login)).body.token)
    const session = await sessionOf(ada.token)
    const events = await during(() => app.send({ method: 'DELETE', path: `/sessions/${other}`, token: ada.token }))
    expect(events).toMatchObject([{ type: 'SessionRevoked', stream: `session-${other}`, metadata: { sessionId: session } }])
  })

  test('is in the end of all sessions', async () => {
    const session = await sessionOf(ada.token)
    const events = await during(() => app.post('/logout/everywhere', undefined, ada.token))
    expect(events.map(({ type }) => type)).toContain('AllSessionsRevoked')
    expect(sessionsIn(events)).toEqual(new Set([session]))
  })

  test('is in no event that somebody without a session causes, also if they present the token of one that ended', async () => {
    const wrong = { ...bearer, password: 'wrong' }
    const events = await during(async () => ({ status: (await app.post('/login', wrong, ada.token)).status - 201 }))
    expect(events.map(({ type }) => type)).toContain('LoginAttempted')
    expect(sessionsIn(events)).toEqual(new Set([undefined]))
    for (const { metadata } of events) expect(metadata).not.toHaveProperty('sessionId')
  })
})
