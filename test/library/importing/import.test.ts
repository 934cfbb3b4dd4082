import { base32nopad } from '@scure/base'
import { hash as bcrypt } from 'bcrypt'
import type { ImportedAccount, ImportResult } from 'gatebook'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeAt, stepAt } from '../../../infrastructure/otp/one-time-code.ts'
import { bearer, openApp, password } from '../support.ts'

const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

describe('accounts of another system', () => {
  const asked: unknown[] = []
  let host: Awaited<ReturnType<typeof openApp>>
  let passwordHash: string
  beforeAll(async () => {
    host = await openApp({
      registration: 'closed',
      verifyLegacyPassword: async (claimed) => {
        asked.push(claimed)
        return claimed.password === password
      },
    })
    passwordHash = await bcrypt(password, 4)
  })
  afterAll(() => host.close())

  const imported = (...accounts: unknown[]) => host.gatebook.accounts.import(accounts as ImportedAccount[])

  test('log in as before, with all that came along', async () => {
    const report = await imported(
      { email: 'ada@example.org', passwordHash, emailVerified: true, roles: ['clerk', 'clerk'], claims: { plan: 'gold' } },
      { email: 'eve@example.org', passwordHash, disabled: true },
      { email: 'bob@example.org', passwordHash, totpSecret: 'gezd gnbv gy3t qojq gezd gnbv gy3t qojq' },
      { email: 'old@example.org', passwordHash: 'external' },
      { email: 'new@example.org', passwordHash: null },
    )
    expect(report).toEqual({ created: 5, skipped: 0, refused: 0, refusals: [] })
    expect(await host.gatebook.session(bearer(await host.logIn('ada@example.org')))).toMatchObject({
      emailVerified: true,
      roles: ['clerk'],
      claims: { plan: 'gold' },
    })
    expect((await host.post('/login', { email: 'eve@example.org', password, transport: 'bearer' })).json().code).toBe('INVALID_CREDENTIALS')
    expect(await host.gatebook.accounts.find({ email: 'eve@example.org' })).toMatchObject({ status: 'disabled' })
    expect(await host.logIn('old@example.org')).toEqual(expect.any(String))
    expect(await host.logIn('old@example.org')).toEqual(expect.any(String))
    const old = await host.gatebook.accounts.find({ email: 'old@example.org' })
    expect(asked).toEqual([{ email: 'old@example.org', password, accountId: old?.id }])
    const invited = await host.gatebook.accounts.find({ email: 'new@example.org' })
    expect(await host.gatebook.accounts.get(invited?.id ?? '')).toMatchObject({ invited: true })
  })

  test('keep their second factor', async () => {
    const { challenge } = (await host.post('/login', { email: 'bob@example.org', password, transport: 'bearer' })).json()
    const code = codeAt(secret, stepAt(Date.now() as never))
    const answer = await host.post('/login/otp', { challenge, code, transport: 'bearer' })
    expect(answer.json()).toMatchObject({ token: expect.any(String) })
  })

  test.each([15, 16, 64, 65])('have a secret that codes can be made of: %i bytes', async (length) => {
    const totpSecret = base32nopad.encode(Buffer.alloc(length, 7))
    const email = `secret${length}@example.org`
    const { created } = await imported({ email, passwordHash, totpSecret })
    expect(created).toBe(length === 16 || length === 64 ? 1 : 0)
    if (created === 0) return
    const { challenge } = (await host.post('/login', { email, password, transport: 'bearer' })).json()
    const code = codeAt(totpSecret, stepAt(Date.now() as never))
    const answer = await host.post('/login/otp', { challenge, code, transport: 'bearer' })
    expect(answer.json()).toMatchObject({ token: expect.any(String) })
  })

  test('are imported once, and a run can be repeated', async () => {
    const again = { email: 'Ada@EXAMPLE.org', passwordHash, roles: ['baker'] }
    expect(await imported(again)).toEqual({ created: 0, skipped: 1, refused: 0, refusals: [] })
    expect(await host.gatebook.accounts.find({ email: 'ada@example.org' })).toMatchObject({ roles: ['clerk'] })
    const many = Array.from({ length: 300 }, (_, n) => ({ email: `many${n}@example.org`, passwordHash }))
    const reports = await Promise.all([imported(...many), imported(...many)])
    expect(reports.map(({ created, skipped }) => created + skipped)).toEqual([300, 300])
    expect(reports.reduce((sum, { created }) => sum + created, 0)).toBe(300)
  })

  test('are refused one by one, and the others go on', async () => {
    const report = await imported(
      { email: 'nobody', passwordHash },
      { email: 'r1@example.org', passwordHash: 'correct horse' },
      { email: 'r2@example.org', passwordHash: '$2b$31$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2' },
      { email: 'r3@example.org', roles: ['admin'] },
      { email: 'r4@example.org', totpSecret: 'MZXW6===' },
      { email: 'r5@example.org', claims: { 'Not a name': 1 } },
      { email: 'r6@example.org', pasword: 'a typo' },
      'r7@example.org',
      null,
      { email: 'good@example.org', passwordHash },
      { email: 'GOOD@example.org', passwordHash },
      { email: 'r8@example.org', disabled: 'true' },
    )
    expect(report).toMatchObject({ created: 1, skipped: 0, refused: 11 })
    expect(report.refusals.map(({ number, reason }) => [number, reason.slice(0, 24)])).toEqual([
      [1, 'email: expected an email'],
      [2, 'passwordHash: expected o'],
      [3, 'passwordHash: expected a'],
      [4, 'roles.0: expected a role'],
      [5, 'totpSecret: expected bas'],
      [6, 'claims: expected an obje'],
      [7, 'account: expected no oth'],
      [8, 'account: expected an obj'],
      [9, 'account: expected an obj'],
      [11, 'email: expected an addre'],
      [12, 'disabled: expected boole'],
    ])
    for (const given of ['correct horse', 'nobody', 'MZXW6', 'Not a name', 'typo', '$2b$31', 'example.org']) {
      expect(JSON.stringify(report)).not.toContain(given)
    }
  })

  test('are only checked in a dry run', async () => {
    const results: ImportResult[] = []
    async function* source() {
      yield { email: 'dry@example.org', passwordHash }
      yield { email: 'ada@example.org', passwordHash }
      yield { email: 'Dry@example.org', passwordHash }
    }
    const report = await host.gatebook.accounts.import(source(), { dryRun: true, onResult: (result) => results.push(result) })
    expect(report).toMatchObject({ created: 1, skipped: 1, refused: 1 })
    expect(results.find(({ number }) => number === 1)).toEqual({ number: 1, outcome: 'created', accountId: null })
    expect(await host.gatebook.accounts.find({ email: 'dry@example.org' })).toBeNull()
  })

  test('are read no further ahead than they are taken in', async () => {
    let read = 0
    function* source() {
      for (; read < 5_000; read++) yield { email: `ahead${read}@example.org`, passwordHash: 'nonsense' }
    }
    let done = 0
    let furthest = 0
    await host.gatebook.accounts.import(source(), {
      onResult: () => {
        done += 1
        furthest = Math.max(furthest, read - done)
      },
    })
    expect(done).toBe(5_000)
    expect(furthest).toBeLessThanOrEqual(257)
  })

  test('are imported by a part of the host, and by nobody else', async () => {
    await expect(host.gatebook.accounts.import([], { actor: { system: 'Not a name' } })).rejects.toThrow(TypeError)
    await expect(openApp({ verifyLegacyPassword: 'yes' as never })).rejects.toThrow(/^verifyLegacyPassword: /)
  })
})

test('an import ends with the failure of its source, and is on record up to there', async () => {
  const host = await openApp()
  async function* source() {
    yield { email: 'one@example.org' }
    throw new Error('the file ends here')
  }
  await expect(host.gatebook.accounts.import(source())).rejects.toThrow('the file ends here')
  expect(await host.gatebook.accounts.find({ email: 'one@example.org' })).not.toBeNull()
  await host.close()
})
