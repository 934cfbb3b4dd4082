import { person } from './client.ts'
import { aStep, madeUp, mustBe, secondFactorIn, wrongCode } from './second-factor.ts'
import { type InProcess, setupToken } from './start-test-server.ts'

const hour = 3_600_000

/** Locks, codes, elevations, roles, resets and an erasure, over the API: events of nearly every kind. `ada` stays, `gone` is erased. */
export const liveALife = async (app: InProcess) => {
  const steps = secondFactorIn(app)
  const root = await app.setUp(setupToken)
  let admin = await app.elevated(root.token)
  const guess = (email: string) => app.post('/login', { email, password: 'a wrong passphrase', transport: 'bearer' })
  const lock = async (email: string) => {
    for (let n = 0; n < 5; n++) await guess(email)
  }

  const ada = await steps.somebody('ada@example.org')
  app.advance(hour)
  await lock(ada.email)
  await guess(ada.email)
  app.advance(61_000)
  await lock(ada.email)
  admin = await app.elevated((await app.logIn({ email: 'root@example.org' })).token)
  mustBe(204, await app.post(`/admin/accounts/${ada.accountId}/unlock`, undefined, admin))

  for (let n = 0; n < 5; n++) await steps.answer(await steps.challengeOf(ada.email), wrongCode(steps.codeOf(ada.secret)))
  app.advance(61_000)
  const challenge = await steps.challengeOf(ada.email)
  await steps.answer(challenge, madeUp)
  const { refreshToken } = await steps.logInWith(ada.email, steps.freshCode(ada.secret))
  await steps.logInWith(ada.email, ada.recoveryCodes[0] ?? '')
  const refreshed = mustBe(200, await app.post('/session/refresh', { refreshToken }))
  await app.post('/session/elevate', { code: wrongCode(steps.codeOf(ada.secret)) }, refreshed.token)
  const elevated = mustBe(200, await app.post('/session/elevate', { code: steps.freshCode(ada.secret) }, refreshed.token)).token
  mustBe(200, await app.post('/token', undefined, elevated))
  app.advance(3 * hour)
  mustBe(200, await app.get('/session', elevated))
  await app.post('/session/refresh', { refreshToken })

  admin = await app.elevated((await app.logIn({ email: 'root@example.org' })).token)
  mustBe(204, await app.put(`/admin/accounts/${ada.accountId}/roles/editor`, undefined, admin))
  mustBe(204, await app.put(`/admin/accounts/${ada.accountId}/claims/publisher`, { value: true }, admin))
  const created = mustBe(
    201,
    await app.post('/admin/accounts', { email: 'eve@example.org', password: person.password, roles: ['editor'] }, admin),
  )
  mustBe(204, await app.post(`/admin/accounts/${created.accountId}/disable`, undefined, admin))
  mustBe(204, await app.post(`/admin/accounts/${created.accountId}/enable`, undefined, admin))
  mustBe(204, await app.put(`/admin/accounts/${created.accountId}/password`, { password: 'another long passphrase' }, admin))

  const gone = await app.register({ email: 'gone@example.org' })
  const changed = { currentPassword: person.password, newPassword: 'a third long passphrase' }
  mustBe(204, await app.post('/password', changed, gone.token))
  mustBe(200, await app.get('/audit', admin))
  await app.get('/secure/admin', gone.token)
  mustBe(204, await app.del(`/admin/accounts/${gone.accountId}`, admin))
  await guess('nobody@example.org')
  app.advance(aStep)
  mustBe(204, await app.post(`/admin/accounts/${ada.accountId}/logout`, undefined, admin))
  return { root, admin, ada, created, gone }
}
