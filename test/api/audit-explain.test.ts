import { describe, expect, test } from 'vitest'
import { liveALife } from '../support/server/a-life.ts'
import type { Json } from '../support/server/client.ts'
import { problem } from '../support/server/problem.ts'
import { suiteServer } from '../support/server/suite-server.ts'

describe('the explanation of an entry', async () => {
  const { app } = await suiteServer()
  const { admin, ada, created } = await liveALife(app)

  const entries = async (filter: string): Promise<readonly Json[]> => (await app.get(`/audit?limit=100&${filter}`, admin)).body.entries
  const explain = (position: number | string, token: string | undefined = admin) => app.get(`/audit/explain/${position}`, token)

  test('of a lock tells rule, counters, policy and events read', async () => {
    const [second] = await entries(`account=${ada.accountId}&type=LoginLocked`)
    const { status, body } = await explain(second.position)
    expect(status).toBe(200)
    const { address: _, ...entry } = second
    expect(body).toMatchObject({
      ...entry,
      agrees: true,
      because: null,
      command: 'settle',
      rule: 'budget_spent',
      budget: 'strangers',
      why: expect.stringContaining('twice as long'),
      counters: [
        { name: 'failures', value: 5, limit: 5, unit: 'times' },
        { name: 'locks_in_a_row', value: 2, limit: null, unit: 'times' },
        { name: 'lock_duration', value: 120_000, limit: 3_600_000, unit: 'milliseconds' },
      ],
      windows: [{ name: 'lock', from: second.at }],
      together: [{ type: 'PasswordRejected' }, { position: second.position, type: 'LoginLocked' }],
      policy: { recorded: { position: expect.any(Number) }, login: { maxAttempts: 5, lockout: 60_000, lockoutMax: 3_600_000 } },
      read: { from: 0, summary: null, stream: expect.stringMatching(/^login-/) },
    })
  })

  test('is there for every entry, and holds nothing that is sealed or hashed', async () => {
    const all: Json[] = []
    for (const account of [ada.accountId, created.accountId]) all.push(...(await entries(`account=${account}`)))
    expect(all.length).toBeGreaterThan(60)
    for (const { position } of all) {
      const { status, body } = await explain(position)
      expect([status, body.agrees]).toEqual([200, true])
      const { read, ...rest } = body
      expect(read.stream).toMatch(/^[a-zA-Z]+-[A-Za-z0-9_-]{36,64}$/)
      expect(JSON.stringify(rest)).not.toMatch(/[A-Za-z0-9_-]{40}|@example\.org/)
    }
  })

  test('is a read of the audit trail, which is recorded', async () => {
    const [entry] = await entries(`account=${created.accountId}&type=AccountDisabled`)
    app.advance(61_000)
    await explain(entry.position)
    const [read] = await entries('type=DataRead')
    expect(read.summary).toBe(`Audit trail read: ${created.accountId}`)
  })

  test('is for administrators only', async () => {
    const { token } = await app.register({ email: 'curious@example.org' })
    expect(await explain(5, token)).toMatchObject({ status: 403, body: problem('ROLE_REQUIRED') })
    expect(await app.get('/audit/explain/5')).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
  })

  test('of what is no entry is 404, always the same', async () => {
    const positions = [0, 1, 999_999_999, Number.MAX_SAFE_INTEGER]
    for (const position of positions) expect(await explain(position)).toMatchObject({ status: 404, body: problem('NOT_FOUND') })
    for (const wrong of ['-1', '1.5', 'x', '00', '9007199254740993']) {
      expect(await explain(wrong)).toMatchObject({ status: 400, body: problem('VALIDATION_FAILED') })
    }
  })
})
