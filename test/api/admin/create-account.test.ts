import { beforeAll, describe, expect, test } from 'vitest'
import { person } from '../../support/server/client.ts'
import { problem } from '../../support/server/problem.ts'
import { everyEvent } from '../../support/server/recorded-log.ts'
import { mustBe } from '../../support/server/second-factor.ts'
import { setupToken } from '../../support/server/start-test-server.ts'
import { suiteServer } from '../../support/server/suite-server.ts'

const invite = { invite: true }

describe('an account that an administrator creates', async () => {
  const { app } = await suiteServer({ env: { REGISTRATION: 'closed' } })
  let root: { readonly accountId: string; readonly token: string }
  let people = 0
  const email = () => `created${++people}@example.org`
  const create = (body: object, token: string | undefined = root.token) => app.post('/admin/accounts', body, token)
  const eventsOf = async (accountId: string) =>
    (await everyEvent(app.gatebook.store)).filter(({ stream }) => stream === `account-${accountId}`)
  beforeAll(async () => {
    const { accountId, token } = await app.setUp(setupToken)
    root = { accountId, token: await app.elevated(token) }
  })

  test('logs in with the password, though registration is closed, and its address is not proved', async () => {
    const address = email()
    const answer = await create({ email: address, password: person.password, mustChangePassword: false })
    expect(answer).toMatchObject({ status: 201, body: { accountId: expect.any(String) } })
    expect(answer.headers['set-cookie']).toBeUndefined()
    const { accountId, token } = await app.logIn({ email: address })
    expect(accountId).toBe(answer.body.accountId)
    expect((await app.get('/session', token)).body).toMatchObject({ emailVerified: false, roles: [], claims: {} })
    expect((await app.get(`/admin/accounts/${accountId}`, root.token)).body).toMatchObject({ invited: false })
  })

  test('has its roles and claims at once for guards, the role admin too', async () => {
    const address = email()
    const chosen = { roles: ['editor', 'admin'], claims: { publisher: true, level: 3, team: 'west' } }
    mustBe(201, await create({ email: address, password: person.password, mustChangePassword: false, ...chosen }))
    const { token } = await app.logIn({ email: address })
    const { body } = await app.get('/session', token)
    expect({ ...body, roles: body.roles.toSorted() }).toMatchObject({ roles: ['admin', 'editor'], claims: chosen.claims })
    expect((await app.get('/secure/admin', token)).status).toBe(200)
    expect((await app.get('/secure/publisher', token)).status).toBe(200)
    expect((await app.get('/admin/accounts', token)).status).toBe(200)
  })

  test('is recorded with its administrator as the actor of each event, and the audit trail says so', async () => {
    const address = email()
    const { accountId } = mustBe(201, await create({ email: address, ...invite, roles: ['editor'], claims: { level: 1 } }))
    await app.gatebook.settled()
    const events = await eventsOf(accountId)
    expect(events.map(({ type }) => type)).toEqual([
      'AccountRegistered',
      'AccountCreated',
      'RoleGranted',
      'ClaimAsserted',
      'InvitationMailed',
    ])
    expect(new Set(events.map(({ metadata }) => metadata.actor))).toEqual(new Set([root.accountId]))
    const { entries } = (await app.get(`/audit?account=${accountId}`, root.token)).body
    const summaries = entries.map(({ summary }: { summary: string }) => summary)
    expect(summaries).toContain(`Account created by an administrator, without a password: ${root.accountId}`)
    expect(summaries).toContain(`Invitation mailed for an administrator: ${root.accountId}`)
    const claimed = (await everyEvent(app.gatebook.store)).findLast(({ type }) => type === 'EmailClaimed')
    expect(claimed?.metadata.actor).toBe(root.accountId)
  })

  test.each([
    ['neither', {}],
    ['both', { password: person.password, ...invite }],
    ['invite: false', { invite: false }],
    ['a role that is no name', { ...invite, roles: ['Not a role'] }],
    ['a claim that is no name', { ...invite, claims: { 'Not a claim': true } }],
    ['a claim without a value', { ...invite, claims: { level: null } }],
    ['something else', { ...invite, admin: true }],
  ])('is refused with %s of its parts', async (_, parts) => {
    const answer = await create({ email: email(), ...parts })
    expect(answer).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } })
    expect(answer.text).not.toContain('Not a')
  })

  test('is refused with a password that may not be chosen, and the address stays free', async () => {
    const address = email()
    expect(await create({ email: address, password: 'short' })).toMatchObject({
      status: 422,
      body: problem('PASSWORD_REJECTED', { reason: 'too_short' }),
    })
    expect((await create({ email: address, ...invite })).status).toBe(201)
  })

  test('is refused where the address is taken, however it is written', async () => {
    const address = email()
    mustBe(201, await create({ email: address, ...invite }))
    for (const how of [invite, { password: person.password }])
      expect(await create({ email: address.toUpperCase(), ...how })).toMatchObject({ status: 409, body: problem('EMAIL_TAKEN') })
  })

  test('is one, of many that are created at once with one address', async () => {
    const address = email()
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => create({ email: address, ...(n % 2 === 0 ? invite : { password: person.password }) })),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, ...Array(7).fill(409)])
    expect((await app.get(`/admin/accounts?email=${address}`, root.token)).body.accounts).toHaveLength(1)
  })

  test('needs a session, the role, and elevation, in this order', async () => {
    const address = email()
    mustBe(201, await create({ email: address, password: person.password, mustChangePassword: false }))
    const user = await app.logIn({ email: address })
    const plain = await app.logIn({ email: 'root@example.org' })
    const body = { email: email(), ...invite }
    const codes = []
    for (const by of [undefined, user.token, plain.token])
      codes.push((await app.send({ method: 'POST', path: '/admin/accounts', body, token: by })).body.code)
    expect(codes).toEqual(['SESSION_REQUIRED', 'ROLE_REQUIRED', 'ELEVATION_REQUIRED'])
  })
})
