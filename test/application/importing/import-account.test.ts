import { hash } from 'node:crypto'
import { hash as bcrypt } from 'bcrypt'
import { left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { type AccountToImport, importAccount } from '../../../application/importing/import-account.ts'
import { streams } from '../../../application/journal/streams.ts'
import { answerChallenge } from '../../../application/login/answer-challenge.ts'
import type { LegacyPassword } from '../../../application/needs.ts'
import { changePassword } from '../../../application/passwords/change-password.ts'
import { setPassword } from '../../../application/passwords/set-password.ts'
import type { AccountId, SystemActor } from '../../../domain/kernel/ids.ts'
import { accountStream, secondFactorStream } from '../../../domain/kernel/streams.ts'
import { codeAt, stepAt } from '../../../infrastructure/otp/one-time-code.ts'
import { countOf, typesIn, typesOf, wholeLog } from '../../support/test-app/log.ts'
import { race, refusalOf, succeed } from '../../support/test-app/outcomes.ts'
import { ada, address, beginning, loggingIn, otherPassword, password, registering, wrongPassword } from '../../support/test-app/people.ts'
import { crashingBefore } from '../../support/test-app/stores.ts'
import { openTestApp, type TestApp } from '../../support/test-app.ts'

const actor = 'system:import' as SystemActor
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

const person = (more: Partial<AccountToImport> = {}): AccountToImport => ({
  email: ada,
  emailVerified: false,
  passwordHash: null,
  totpSecret: null,
  roles: [],
  claims: {},
  isDisabled: false,
  ...more,
})

const importing = ({ deps, caller }: TestApp, more: Partial<AccountToImport> = {}, isDryRun = false) =>
  importAccount(deps)(person(more), { actor, dryRun: isDryRun ? { kinds: new Set() } : null }, caller)

const created = async (app: TestApp, more: Partial<AccountToImport> = {}) => {
  const outcome = await succeed(importing(app, more))
  if (outcome.type !== 'created' || outcome.accountId === null) throw new Error(outcome.type)
  return outcome.accountId
}

const hashOf = async ({ deps }: TestApp, accountId: AccountId) => {
  const { state } = await succeed(deps.journal.load(streams.account(accountId)))
  if (!('passwordHash' in state)) throw new Error(state.type)
  return succeed(deps.crypto.vault.unseal('password_hash', state.passwordHash))
}

describe('an imported account', () => {
  test('logs in with its old password, and has a hash of ours from then on', async () => {
    const app = await openTestApp()
    const passwordHash = await bcrypt(password, 4)
    const accountId = await created(app, { passwordHash })
    expect(await hashOf(app, accountId)).toBe(`bcrypt:${passwordHash}`)
    await succeed(loggingIn(app))
    expect(await hashOf(app, accountId)).toMatch(/^argon2:\$argon2id\$/)
    await succeed(loggingIn(app))
    expect(await countOf(app, 'PasswordRehashed')).toBe(1)
    expect(await refusalOf(loggingIn(app, ada, wrongPassword))).toEqual({ type: 'invalid_credentials' })
  })

  test('keeps its hash after a wrong password, which counts as any other', async () => {
    const app = await openTestApp({ lockout: { maxAttempts: 2 } })
    const accountId = await created(app, { passwordHash: await bcrypt(password, 4) })
    expect(await refusalOf(loggingIn(app, ada, wrongPassword))).toEqual({ type: 'invalid_credentials' })
    expect(await hashOf(app, accountId)).toMatch(/^bcrypt:/)
    await refusalOf(loggingIn(app, ada, wrongPassword))
    expect(await refusalOf(loggingIn(app))).toMatchObject({ type: 'locked_out' })
  })

  test('keeps no fast hash bare', async () => {
    const app = await openTestApp()
    const accountId = await created(app, { passwordHash: `md5:${hash('md5', password)}` })
    expect(await hashOf(app, accountId)).toMatch(/^wrapped:md5:\$argon2id\$/)
    await succeed(loggingIn(app))
    expect(await hashOf(app, accountId)).toMatch(/^argon2:/)
  })

  test('has its roles, claims and state in one append, and nobody is told', async () => {
    const app = await openTestApp()
    const accountId = await created(app, { roles: ['clerk'], claims: { plan: 'gold' }, isDisabled: true, emailVerified: true })
    expect(await typesOf(app, accountStream(accountId))).toEqual([
      'AccountRegistered',
      'AccountCreated',
      'RoleGranted',
      'ClaimAsserted',
      'AccountDisabled',
    ])
    const { state } = await succeed(app.deps.journal.load(streams.account(accountId)))
    expect(state).toMatchObject({ type: 'disabled', emailVerified: true, roles: new Set(['clerk']), claims: new Map([['plan', 'gold']]) })
    expect([app.mails, app.notices]).toEqual([[], []])
    expect((await wholeLog(app)).filter(({ metadata }) => metadata.actor === actor)).not.toEqual([])
  })

  test('without a password is as one that is invited', async () => {
    const app = await openTestApp()
    const accountId = await created(app)
    expect((await succeed(app.deps.journal.load(streams.account(accountId)))).state).toMatchObject({ passwordRevision: -1 })
    for (const given of ['none', '', password]) expect(await refusalOf(loggingIn(app, ada, given))).toEqual({ type: 'invalid_credentials' })
  })

  test('has its second factor at once, which accepts a code once', async () => {
    const app = await openTestApp()
    const accountId = await created(app, { passwordHash: await bcrypt(password, 4), totpSecret: secret })
    expect(await typesOf(app, secondFactorStream(accountId))).toEqual(['TotpImported'])
    const answer = async () => {
      const begun = await succeed(beginning(app))
      if (begun.type !== 'challenged') throw new Error('no second factor')
      const code = codeAt(secret, stepAt(app.clock.now()))
      return answerChallenge(app.deps)({ challenge: begun.challenge, code, transport: 'bearer' }, app.caller)()
    }
    expect(await answer()).toMatchObject({ right: { outcome: { session: { accountId } } } })
    expect(await answer()).toMatchObject({ left: { type: 'second_factor_failed' } })
    expect([app.mails, app.notices]).toEqual([[], []])
  })
})

describe('an import', () => {
  test('leaves an account that has the address as it is', async () => {
    const app = await openTestApp()
    const { session } = await succeed(registering(app))
    expect(await succeed(importing(app, { passwordHash: await bcrypt(otherPassword, 4), roles: ['clerk'] }))).toEqual({
      type: 'exists',
      accountId: session.accountId,
    })
    expect(await refusalOf(loggingIn(app, ada, otherPassword))).toEqual({ type: 'invalid_credentials' })
    expect(await countOf(app, 'RoleGranted')).toBe(0)
  })

  test('of one address many times at once makes one account', async () => {
    const app = await openTestApp()
    const { won, lost } = await race(Array.from({ length: 8 }, () => importing(app)))
    expect(won.filter(({ type }) => type === 'created')).toHaveLength(1)
    expect([won.length, lost]).toEqual([8, []])
    expect(await countOf(app, 'AccountRegistered')).toBe(1)
  })

  test('records nothing in a dry run, and says the same', async () => {
    const app = await openTestApp()
    await succeed(app.deps.journal.load(streams.importedHashes))
    const before = (await wholeLog(app)).length
    expect(await succeed(importing(app, { passwordHash: await bcrypt(password, 4), totpSecret: secret }, true))).toEqual({
      type: 'created',
      accountId: null,
    })
    expect(await succeed(importing(app, { passwordHash: 'nonsense' }, true))).toEqual({ type: 'refused', reason: 'unknown_hash' })
    expect((await wholeLog(app)).length).toBe(before)
  })

  test('records each kind of hash once, before the first account has it, and refuses a seventh kind', async () => {
    const app = await openTestApp()
    const rounds = (n: number) => `$pbkdf2-sha1$i=${n + 1}$c2FsdHNhbHRzYWx0c2FsdA$EUcKisx+yviAqdTmlEPmy+5ykUU`
    const taken = (n: number) => succeed(importing(app, { email: address(`p${n}`), passwordHash: rounds(n % 7) }))
    for (let n = 0; n < 6; n++) expect((await taken(n)).type).toBe('created')
    expect(await taken(6)).toEqual({ type: 'refused', reason: 'too_many_hash_kinds' })
    expect((await taken(7)).type).toBe('created')
    const types = await typesIn(app)
    expect(types.filter((type) => type === 'HashKindImported')).toHaveLength(6)
    expect(types.indexOf('HashKindImported')).toBeLessThan(types.indexOf('AccountRegistered'))
  })

  test('refuses a seventh kind in a dry run, too, counting those in the log', async () => {
    const app = await openTestApp()
    const rounds = (n: number) => `$pbkdf2-sha1$i=${n + 1}$c2FsdHNhbHRzYWx0c2FsdA$EUcKisx+yviAqdTmlEPmy+5ykUU`
    for (let n = 0; n < 2; n++) await created(app, { email: address(`p${n}`), passwordHash: rounds(n) })
    const before = (await wholeLog(app)).length
    const dryRun = { kinds: new Set<string>() }
    const outcomes = []
    for (const n of [0, 2, 3, 4, 5, 5, 6, 1]) {
      const account = person({ email: address(`q${outcomes.length}`), passwordHash: rounds(n) })
      outcomes.push((await succeed(importAccount(app.deps)(account, { actor, dryRun }, app.caller))).type)
    }
    expect(outcomes).toEqual(['created', 'created', 'created', 'created', 'created', 'created', 'refused', 'created'])
    expect((await wholeLog(app)).length).toBe(before)
  })

  test('that is interrupted before the account leaves no account without its second factor', async () => {
    const app = await openTestApp()
    const broken = await app.restart({ store: crashingBefore('AccountRegistered') })
    expect(await refusalOf(importing(broken, { totpSecret: secret }))).toMatchObject({ type: 'unavailable' })
    expect(await countOf(app, 'AccountRegistered')).toBe(0)
    expect(await countOf(app, 'TotpImported')).toBe(1)
    expect(await succeed(importing(app, { totpSecret: secret }))).toEqual({ type: 'claimed' })
    app.clock.advance(61_000)
    const accountId = await created(app, { totpSecret: secret })
    expect(await typesOf(app, secondFactorStream(accountId))).toEqual(['TotpImported'])
  })
})

describe('a password that the former system keeps', () => {
  const asked: LegacyPassword[] = []
  const opened = async (answer: (claimed: LegacyPassword) => boolean) => {
    asked.length = 0
    return openTestApp({
      isLegacyPassword: (claimed) => async () => {
        asked.push(claimed)
        return answer(claimed)
      },
    })
  }

  test('is asked for once: the hash of ours replaces it', async () => {
    const app = await opened((claimed) => claimed.password === password)
    const accountId = await created(app, { passwordHash: 'external' })
    expect(await refusalOf(loggingIn(app, ada, wrongPassword))).toEqual({ type: 'invalid_credentials' })
    await succeed(loggingIn(app))
    await succeed(loggingIn(app))
    expect(asked).toEqual([
      { email: ada, password: wrongPassword, accountId },
      { email: ada, password, accountId },
    ])
    expect(await hashOf(app, accountId)).toMatch(/^argon2:/)
  })

  test('costs a hash as well, and is not asked for disabled accounts', async () => {
    const app = await opened(() => true)
    await created(app, { passwordHash: 'external', isDisabled: true })
    const before = app.counts.hashCalls
    expect(await refusalOf(loggingIn(app))).toEqual({ type: 'invalid_credentials' })
    expect([app.counts.hashCalls - before, asked]).toEqual([1, []])
  })

  test('counts as an attempt and locks', async () => {
    const app = await opened(() => false)
    const accountId = await created(app, { passwordHash: 'external' })
    for (let n = 0; n < 20; n++) await loggingIn(app)()
    expect(asked.length).toBeLessThan(20)
    expect(asked.every((claimed) => claimed.accountId === accountId)).toBe(true)
    expect(await refusalOf(loggingIn(app))).toMatchObject({ type: 'locked_out' })
  })

  test('is not asked about the new password when it is reset', async () => {
    const app = await opened(() => true)
    const accountId = await created(app, { passwordHash: 'external' })
    await succeed(setPassword(app.deps)({ accountId, password: otherPassword, actor, mustChange: false }, app.caller))
    expect(asked).toEqual([])
    await succeed(loggingIn(app, ada, otherPassword))
    expect(asked).toEqual([])
  })

  test('may not be chosen again as the new one', async () => {
    const app = await opened((claimed) => claimed.password === password)
    await created(app, { passwordHash: 'external' })
    const { session } = await succeed(loggingIn(app))
    const change = { accountId: session.accountId, sessionId: session.sessionId, currentPassword: password, newPassword: password }
    expect(await changePassword(app.deps)(change, app.caller)()).toEqual(left({ type: 'password_rejected', reason: 'unchanged' }))
    expect(await changePassword(app.deps)({ ...change, newPassword: otherPassword }, app.caller)()).toMatchObject(right({}))
  })
})
