import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer, Json } from '../support/server/client.ts'
import { person } from '../support/server/client.ts'
import { keysIn, newKey } from '../support/server/identity-key.ts'
import { problem } from '../support/server/problem.ts'
import { madeUp, mailTo, mustBe, secondFactorIn, ticketIn } from '../support/server/second-factor.ts'
import { type InProcess, setupToken, startTestServer } from '../support/server/start-test-server.ts'

/** The paths of the first table of the page. */
const listed = () => {
  const page = readFileSync('docs/threats.md', 'utf8')
  const section = page.slice(page.indexOf('## Every path that grants a session'), page.indexOf('## Threats'))
  return [...section.matchAll(/^\| `([A-Z]+ \/\S+)` \|/gm)].map(([_, path]) => path ?? '')
}

const holdsToken = /"(token|accessToken)":\{/

/** The calls that can return a token. */
const grantingCalls = ({ paths }: Json) =>
  Object.entries<Json>(paths).flatMap(([url, calls]) =>
    Object.entries<Json>(calls)
      .filter(([, { responses }]) =>
        Object.entries(responses).some(([status, response]) => status.startsWith('2') && holdsToken.test(JSON.stringify(response))),
      )
      .map(([method]) => `${method.toUpperCase()} ${url.replace('/api/1', '').replace(/\{(\w+)\}/g, ':$1')}`),
  )

const rolesIn = (accessToken: string) => JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString()).roles

/** Each test has its own people. */
let people = 0
const anybody = () => `somebody${people++}@example.org`

describe('no path that grants a session leads a role around its second factor', () => {
  let app: InProcess
  let verifying: InProcess
  let steps: ReturnType<typeof secondFactorIn>
  let root: string

  beforeAll(async () => {
    app = await startTestServer({ env: { SECOND_FACTOR_ROLES: 'admin' } })
    verifying = await startTestServer({ env: { SECOND_FACTOR_ROLES: '*', REGISTRATION: 'verified' } })
    steps = secondFactorIn(app)
  })
  afterAll(() => Promise.all([app.stop(), verifying.stop()]))

  const makeAdministrator = async (accountId: string) =>
    mustBe(204, await app.put(`/admin/accounts/${accountId}/roles/admin`, undefined, root))

  /** A person who became an administrator after logging in and has no second factor, with that session. */
  const bare = async () => {
    const email = anybody()
    const { token, refreshToken, accountId } = await app.register({ email })
    await makeAdministrator(accountId)
    return { email, token, refreshToken }
  }

  /** An administrator with a second factor, and an open challenge for it. */
  const guarded = async () => {
    const { email, accountId, secret } = await steps.somebody(anybody())
    await makeAdministrator(accountId)
    return { email, secret, challenge: await steps.challengeOf(email) }
  }

  const nothingGiven = (answer: Answer) => {
    expect(answer.text).not.toMatch(/"(token|refreshToken|accessToken|session)":/)
    expect(answer.headers['set-cookie']).toBeUndefined()
    return answer.body
  }

  const worthNothing = async (answer: Answer) => {
    const { token } = mustBe(200, answer)
    for (const path of ['/secure/admin', '/admin/accounts', '/audit']) {
      expect(await app.get(path, token), path).toMatchObject({ status: 403, body: problem('ENROLLMENT_REQUIRED') })
    }
  }

  const works = async (answer: Answer) => {
    expect((await app.get('/secure/admin', mustBe(200, answer).token)).status).toBe(200)
  }

  const walks: Readonly<Record<string, () => Promise<void>>> = {
    'POST /setup': async () => {
      const answer = await app.post('/setup', { setupToken, ...person, email: anybody(), transport: 'bearer' })
      const { status, challenge } = nothingGiven(answer)
      expect(status).toBe('enrollment_required')
      const { secret } = mustBe(200, await app.post('/login/enroll', { challenge }))
      const confirm = await app.post('/login/enroll/confirm', { challenge, code: steps.codeOf(secret), transport: 'bearer' })
      await works(confirm)
      const elevated = await app.post('/session/elevate', { code: steps.codeOf(secret, 1) }, confirm.body.token)
      root = mustBe(200, elevated).token
    },
    'POST /register': async () => {
      const everybody = await startTestServer({ env: { SECOND_FACTOR_ROLES: '*' } })
      const answer = await everybody.post('/register', { ...person, transport: 'bearer' })
      expect(nothingGiven(answer).status).toBe('enrollment_required')
      await everybody.stop()
    },
    'POST /register/confirm': async () => {
      const email = anybody()
      mustBe(202, await verifying.post('/register', { ...person, email, transport: 'bearer' }))
      const token = ticketIn(await mailTo(verifying.dataDir, email, /^Finish/))
      expect(
        nothingGiven(await verifying.post('/register/confirm', { token, password: person.password, transport: 'bearer' })).status,
      ).toBe('enrollment_required')
    },
    'POST /invitation/confirm': async () => {
      const email = anybody()
      mustBe(201, await app.post('/admin/accounts', { email, invite: true, roles: ['admin'] }, root))
      const token = ticketIn(await mailTo(app.dataDir, email, /^You are invited/))
      const accepted = await app.post('/invitation/confirm', { token, password: person.password, transport: 'bearer' })
      expect(nothingGiven(accepted).status).toBe('enrollment_required')
    },
    'POST /login': async () => {
      const [without, having] = [await bare(), await guarded()]
      expect(nothingGiven(await steps.password(without.email)).status).toBe('enrollment_required')
      expect(nothingGiven(await steps.password(having.email)).status).toBe('second_factor_required')
    },
    'POST /identities': async () => {
      const everybody = await startTestServer({ env: { SECOND_FACTOR_ROLES: '*' } })
      const answer = await keysIn(everybody).introduce(newKey())
      expect(nothingGiven(answer).status).toBe('enrollment_required')
      await everybody.stop()
    },
    'POST /identities/:fingerprint/login': async () => {
      const keys = keysIn(app)
      const { key, accountId, token } = await keys.introduced()
      await makeAdministrator(accountId)
      await worthNothing({ status: 200, body: { token }, text: '', headers: {} })
      const { challenge } = nothingGiven(await keys.logIn(key))
      const { secret } = mustBe(200, await app.post('/login/enroll', { challenge }))
      await works(await app.post('/login/enroll/confirm', { challenge, code: steps.codeOf(secret), transport: 'bearer' }))
      const due = nothingGiven(await keys.logIn(key))
      expect(due.status).toBe('second_factor_required')
      nothingGiven(await steps.answer(due.challenge, madeUp))
      const proved = await steps.answer(due.challenge, steps.freshCode(secret))
      expect(proved.body.session.factors).toEqual(['pop', 'otp'])
      await works(proved)
    },
    'POST /login/otp': async () => {
      const { email, secret, challenge } = await guarded()
      const toEnrol = mustBe(200, await steps.password((await bare()).email)).challenge
      nothingGiven(await steps.answer(challenge, madeUp))
      nothingGiven(await steps.answer(toEnrol, madeUp))
      await works(await steps.answer(await steps.challengeOf(email), steps.freshCode(secret)))
    },
    'POST /login/password': async () => {
      const newPassword = 'a passphrase of their own'
      const choose = (challenge: string) => app.post('/login/password', { challenge, newPassword, transport: 'bearer' })
      const set = async (accountId: string) =>
        mustBe(204, await app.put(`/admin/accounts/${accountId}/password`, { password: 'a passphrase that was set' }, root))
      const beginning = (email: string) => steps.password(email, { password: 'a passphrase that was set' })

      const without = anybody()
      const { accountId } = await app.register({ email: without })
      await makeAdministrator(accountId)
      await set(accountId)
      expect(nothingGiven(await choose(nothingGiven(await beginning(without)).challenge)).status).toBe('enrollment_required')

      const having = await steps.somebody(anybody())
      await makeAdministrator(having.accountId)
      await set(having.accountId)
      const asked = nothingGiven(await beginning(having.email))
      expect(asked.status).toBe('second_factor_required')
      nothingGiven(await choose(asked.challenge))
      const proved = nothingGiven(await steps.answer(asked.challenge, steps.freshCode(having.secret)))
      expect(proved.status).toBe('password_change_required')
      await works(await choose(proved.challenge))
    },
    'POST /login/enroll/confirm': async () => {
      const { challenge } = await guarded()
      const toEnrol = mustBe(200, await steps.password((await bare()).email)).challenge
      const confirm = (by: string, code: string) => app.post('/login/enroll/confirm', { challenge: by, code, transport: 'bearer' })
      nothingGiven(await confirm(challenge, madeUp))
      nothingGiven(await confirm(toEnrol, madeUp))
      const { secret } = mustBe(200, await app.post('/login/enroll', { challenge: toEnrol }))
      nothingGiven(await confirm(toEnrol, madeUp))
      await works(await confirm(toEnrol, steps.codeOf(secret)))
    },
    'POST /session/refresh': async () => {
      const { refreshToken } = await bare()
      await worthNothing(await app.post('/session/refresh', { refreshToken }))
      const { email, secret } = await guarded()
      const proved = await steps.logInWith(email, steps.freshCode(secret))
      await works(await app.post('/session/refresh', { refreshToken: proved.refreshToken }))
    },
    'POST /session/elevate': async () => {
      const { token } = await bare()
      await worthNothing(await app.post('/session/elevate', { password: person.password }, token))
      const { email, secret } = await guarded()
      const proved = await steps.logInWith(email, steps.freshCode(secret))
      nothingGiven(await app.post('/session/elevate', { password: person.password }, proved.token))
      await works(await app.post('/session/elevate', { code: steps.freshCode(secret) }, proved.token))
    },
    'POST /token': async () => {
      const { token } = await bare()
      expect(rolesIn(mustBe(200, await app.post('/token', undefined, token)).accessToken)).toEqual([])
      const elevated = await app.elevated(token)
      expect(rolesIn(mustBe(200, await app.post('/token', undefined, elevated)).accessToken)).toEqual([])
      const { email, secret } = await guarded()
      const proved = await steps.logInWith(email, steps.freshCode(secret))
      expect(rolesIn(mustBe(200, await app.post('/token', undefined, proved.token)).accessToken)).toEqual(['admin'])
    },
  }

  test('the list is the list of calls that can answer with a token, and each of them is walked', async () => {
    const granting = grantingCalls((await app.get('/openapi.json')).body)
    expect(granting.length).toBeGreaterThan(5)
    expect([...granting].sort()).toEqual(listed().sort())
    expect(Object.keys(walks).sort()).toEqual(listed().sort())
  })

  test.each(listed())('%s', async (path) => {
    await walks[path]?.()
  })

  test('a password that was reset by mail is no way around it either', async () => {
    const { email } = await guarded()
    mustBe(202, await app.post('/password/reset', { email }))
    const token = ticketIn(await mailTo(app.dataDir, email, /^Reset/))
    const answer = await app.post('/password/reset/confirm', { token, newPassword: 'another long passphrase' })
    nothingGiven(answer)
    expect(answer.status).toBe(204)
    expect(nothingGiven(await steps.password(email, { password: 'another long passphrase' })).status).toBe('second_factor_required')
  })
})
