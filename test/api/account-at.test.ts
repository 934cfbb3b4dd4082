import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { liveALife } from '../support/server/a-life.ts'
import { type Json, person } from '../support/server/client.ts'
import { problem } from '../support/server/problem.ts'
import { aStep, mustBe } from '../support/server/second-factor.ts'
import type { startTestServer } from '../support/server/start-test-server.ts'
import { suiteServer } from '../support/server/suite-server.ts'

const shared = ['status', 'invited', 'email', 'emailVerified', 'claims', 'lockedUntil', 'codesLockedUntil', 'codeEntryEnded'] as const

/** What administrators are shown now, in the words of a moment. */
const shownNow = async (app: Awaited<ReturnType<typeof startTestServer>>, id: string, admin: string) => {
  const account = mustBe(200, await app.get(`/admin/accounts/${id}`, admin))
  const { sessions } = mustBe(200, await app.get(`/admin/accounts/${id}/sessions?limit=100`, admin))
  const { enrolled, confirmedAt, recoveryCodesLeft } = account.secondFactor
  return {
    ...Object.fromEntries(shared.map((name) => [name, account[name]])),
    roles: [...account.roles].sort(),
    secondFactor: { enrolled, confirmedAt, recoveryCodesLeft },
    sessions: sessions.map(({ id, grantedAt, lastSeenAt, expiresAt, factors }: Json) => ({
      id,
      grantedAt,
      lastSeenAt,
      expiresAt,
      factors,
    })),
  }
}

describe('an account at a moment', async () => {
  const { app, steps } = await suiteServer()
  const { ada, created, gone, root, ...life } = await liveALife(app)
  let { admin } = life
  const people = [ada.accountId, created.accountId, root.accountId]
  const now = () => new Date(app.gatebook.ports.journal.now()).toISOString()
  const at = async (id: string, time: string, since?: string) =>
    mustBe(200, await app.get(`/audit/accounts/${id}/at?time=${time}${since === undefined ? '' : `&since=${since}`}`, admin))

  test('that is now is what administrators are shown', async () => {
    for (const id of people) {
      const { moment } = await at(id, now())
      expect(moment).toMatchObject(await shownNow(app, id, admin))
    }
  })

  test('of the past is what administrators were shown then, whatever happened since', async () => {
    const wrong = (email: string) => app.post('/login', { email, password: 'a wrong passphrase', transport: 'bearer' })
    const change = (id: string, path: string, body?: object) => app.put(`/admin/accounts/${id}/${path}`, body, admin)
    const ask = (id: string, path: string) => app.post(`/admin/accounts/${id}/${path}`, undefined, admin)
    const lock = async (email: string) => {
      for (let n = 0; n < 5; n++) await wrong(email)
    }
    const moves: Readonly<Record<string, () => Promise<unknown>>> = {
      granted: () => change(ada.accountId, 'roles/author'),
      withdrawn: () => app.del(`/admin/accounts/${ada.accountId}/roles/author`, admin),
      login: () => app.post('/login', { email: ada.email, password: person.password, transport: 'bearer' }),
      withCode: async () => steps.answer((await steps.password(ada.email)).body.challenge ?? 'none', steps.freshCode(ada.secret)),
      wrongCode: async () => steps.answer((await steps.password(ada.email)).body.challenge ?? 'none', '000000'),
      locked: () => lock('eve@example.org'),
      lockedToo: () => lock(ada.email),
      unlocked: () => ask(ada.accountId, 'unlock'),
      claimed: () => change(created.accountId, 'claims/limit', { value: Date.now() % 1_000 }),
      disabled: () => ask(created.accountId, 'disable'),
      enabled: () => ask(created.accountId, 'enable'),
      loggedOut: () => ask(ada.accountId, 'logout'),
      reset: () => ask(ada.accountId, 'reset-second-factor'),
      minute: async () => app.advance(61_000),
      day: async () => app.advance(86_400_000),
    }
    const shown = new Set<string>()
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...Object.keys(moves)), { minLength: 5, maxLength: 9 }), async (names) => {
        admin = await app.elevated((await app.logIn({ email: 'root@example.org' })).token)
        const seen: { readonly id: string; readonly time: string; readonly account: object }[] = []
        for (const name of names) {
          await moves[name]?.()
          if (name === 'day') admin = await app.elevated((await app.logIn({ email: 'root@example.org' })).token)
          for (const id of people) seen.push({ id, time: now(), account: await shownNow(app, id, admin) })
          app.advance(1_000)
        }
        for (const { id, time, account } of seen) {
          shown.add(JSON.stringify(account))
          expect((await at(id, time)).moment).toMatchObject({ time, ...account })
        }
      }),
      { numRuns: 12 },
    )
    expect(shown.size).toBeGreaterThan(15)
  }, 60_000)

  test('is compared with another one field by field', async () => {
    // The histories before may have locked her login, for an hour at most.
    app.advance(2 * 3_600_000)
    admin = await app.elevated((await app.logIn({ email: 'root@example.org' })).token)
    const before = now()
    app.advance(aStep)
    mustBe(204, await app.put(`/admin/accounts/${ada.accountId}/roles/reviewer`, undefined, admin))
    mustBe(204, await app.put(`/admin/accounts/${ada.accountId}/claims/publisher`, { value: false }, admin))
    const session = (await app.logIn({ email: ada.email })).session
    const { changes, since, moment } = await at(ada.accountId, now(), before)
    expect([since.time, moment.position > since.position]).toEqual([before, true])
    expect(changes).toEqual(
      expect.arrayContaining([
        { change: 'added', field: 'roles.reviewer', before: null, after: true },
        { change: 'changed', field: 'claims.publisher', before: true, after: false },
        { change: 'added', field: `sessions.${session.id}.grantedAt`, before: null, after: session.grantedAt },
      ]),
    )
    expect((await at(ada.accountId, before, before)).changes).toEqual([])
  })

  test('before it was registered is absent, after its erasure erased', async () => {
    const { moment } = await at(gone.accountId, now())
    expect(moment).toMatchObject({ status: 'erased', email: null, sessions: [], roles: [] })
    expect((await at(ada.accountId, '2001-01-01T00:00:00.000Z')).moment).toMatchObject({ status: 'absent', position: 0, sessions: [] })
  })

  test('holds no secret', async () => {
    for (const id of people) {
      const { text } = await app.get(`/audit/accounts/${id}/at?time=${now()}&since=2001-01-01T00:00:00.000Z`, admin)
      expect(text).not.toMatch(/[A-Za-z0-9_-]{43}|argon2|sealed/)
    }
  })

  test('is for administrators, and reading it is recorded', async () => {
    const path = `/audit/accounts/${ada.accountId}/at?time=${now()}`
    const { token } = await app.register({ email: 'curious@example.org' })
    expect(await app.get(path, token)).toMatchObject({ status: 403, body: problem('ROLE_REQUIRED') })
    expect(await app.get(path)).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
    app.advance(61_000)
    await app.get(path, admin)
    const [read] = mustBe(200, await app.get('/audit?type=DataRead', admin)).entries
    expect(read.summary).toBe(`Account read: ${ada.accountId}`)
  })

  test('of nobody is 404, and of no time 400', async () => {
    const nobody = '00000000-0000-7000-8000-000000000000'
    expect(await app.get(`/audit/accounts/${nobody}/at?time=${now()}`, admin)).toMatchObject({ status: 404, body: problem('NOT_FOUND') })
    for (const query of [
      '',
      '?time=yesterday',
      '?time=2026-13-01T00:00:00.000Z',
      `?time=${now()}&since=x`,
      `?time=${now()}&time=${now()}`,
    ]) {
      const wrong = await app.get(`/audit/accounts/${ada.accountId}/at${query}`, admin)
      expect(wrong).toMatchObject({ status: 400, body: problem('VALIDATION_FAILED') })
    }
  })
})
