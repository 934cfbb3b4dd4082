import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Fastify, { type FastifyInstance } from 'fastify'
import { type GatebookOptions, openGatebook, type RegistrationFields } from 'gatebook'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { cheap, password, refusal } from '../../library/support.ts'
import { recordedLog } from '../../support/server/recorded-log.ts'
import { openEmbedded } from './support.ts'

const fields = z.strictObject({
  name: z.string().trim().min(1).max(100),
  newsletter: z.boolean().default(false),
  address: z.strictObject({ city: z.string() }).optional(),
  text: z.string().optional(),
})

const open = async (options: GatebookOptions = {}) => {
  const embedded = await openEmbedded({ registrationFields: fields, ...options })
  const app: FastifyInstance = Fastify({ requestTimeout: 10_000 })
  await app.register(embedded.gatebook.plugin)
  const post = async (path: string, payload: object, token?: string) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
    const answer = await app.inject({ method: 'POST', url: `/api/1${path}`, payload, headers })
    return { status: answer.statusCode, body: answer.json() }
  }
  const register = (email: string, profile?: unknown) =>
    post('/register', { email, password, transport: 'bearer', ...(profile === undefined ? {} : { profile }) })
  const close = async () => {
    await app.close()
    embedded.remove()
  }
  return { ...embedded, app, post, register, close }
}

type Opened = Awaited<ReturnType<typeof open>>

describe('an app that asks for more', () => {
  let opened: Opened
  beforeAll(async () => {
    opened = await open()
  })
  afterAll(() => opened.close())

  test('keeps what its schema makes of it, sealed, and the person can have it', async () => {
    const { gatebook, dataDir, register, post, app } = opened
    const { status, body } = await register('ada@example.org', { name: '  Ada Lovelace  ', address: { city: 'Marylebone' } })
    expect(status).toBe(201)
    const account = await gatebook.accounts.find({ email: 'ada@example.org' })
    const kept = { name: 'Ada Lovelace', newsletter: false, address: { city: 'Marylebone' } }
    expect((await gatebook.accounts.get(account?.id ?? ''))?.profile).toEqual(kept)

    const events = await recordedLog(dataDir)
    const types = events.filter(({ stream }) => stream === `account-${account?.id}`).map(({ type }) => type)
    expect(types).toEqual(['AccountRegistered', 'ProfileRecorded'])
    for (const file of readdirSync(dataDir).filter((name) => name.includes('.sqlite') || name.includes('.db')))
      expect(readFileSync(join(dataDir, file)).includes('Marylebone')).toBe(false)

    const elevated = (await post('/session/elevate', { password }, body.token)).body.token
    const exported = await app.inject({ url: '/api/1/me/export', headers: { authorization: `Bearer ${elevated}` } })
    expect(exported.json().account.profile).toEqual(kept)
    expect(exported.json().history.find(({ type }: { readonly type: string }) => type === 'ProfileRecorded')).toMatchObject({
      profile: kept,
    })
  })

  test.each<[string, unknown, readonly string[]]>([
    ['nothing', undefined, ['profile']],
    ['null', null, ['profile']],
    ['a list', [], ['profile']],
    ['no name', {}, ['profile.name']],
    ['a wrong type', { name: 7, newsletter: 'yes' }, ['profile.name', 'profile.newsletter']],
    ['something nested', { name: 'Ada', address: { city: 1 } }, ['profile.address.city']],
    ['an unknown field', { name: 'Ada', admin: true }, ['profile']],
    ['too much', { name: 'Ada', text: 'é'.repeat(4_100) }, ['profile']],
  ])('refuses %s, and registers nobody', async (_, profile, paths) => {
    const { status, body } = await opened.register('refused@example.org', profile)
    expect([status, body.code]).toEqual([400, 'VALIDATION_FAILED'])
    expect(body.errors.map(({ path }: { readonly path: string }) => path)).toEqual(paths)
    expect(await opened.gatebook.accounts.find({ email: 'refused@example.org' })).toBeNull()
  })

  test('creates accounts with it and without, and replaces it', async () => {
    const { gatebook } = opened
    const [one, other] = ['one@example.org', 'other@example.org']
    const { account } = await gatebook.accounts.create({ email: one, password, profile: { name: 'One' }, roles: ['reader'] })
    const profileOf = async () => (await gatebook.accounts.get(account.id))?.profile
    expect(await profileOf()).toEqual({ name: 'One', newsletter: false })
    await gatebook.accounts.setProfile(account.id, { name: 'Two', newsletter: true })
    expect(await profileOf()).toEqual({ name: 'Two', newsletter: true })
    expect(await refusal(gatebook.accounts.setProfile(account.id, { name: '' }))).toMatchObject({ code: 'VALIDATION_FAILED' })
    expect(await refusal(gatebook.accounts.setProfile('00000000-0000-7000-8000-000000000000', { name: 'X' }))).toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await profileOf()).toEqual({ name: 'Two', newsletter: true })

    expect(await refusal(gatebook.accounts.create({ email: other, password, profile: {} }))).toMatchObject({ code: 'VALIDATION_FAILED' })
    const { account: without } = await gatebook.accounts.create({ email: other, password })
    expect((await gatebook.accounts.get(without.id))?.profile).toBeNull()
    const { account: invited } = await gatebook.accounts.invite({ email: 'guest@example.org', profile: { name: 'Guest' } })
    expect((await gatebook.accounts.get(invited.id))?.profile).toEqual({ name: 'Guest', newsletter: false })
  })

  test('loses it with the account, and a rebuild does not bring it back', async () => {
    const { gatebook, dataDir, app, remove } = await open()
    const { account } = await gatebook.accounts.create({ email: 'gone@example.org', password, profile: { name: 'Gone' } })
    const { account: kept } = await gatebook.accounts.create({ email: 'kept@example.org', password, profile: { name: 'Kept' } })
    await gatebook.accounts.erase(account.id)
    expect((await gatebook.accounts.get(account.id))?.profile).toBeNull()
    await app.close()
    const again = await openGatebook({ ...cheap, dataDir, registrationFields: fields })
    expect((await again.accounts.get(account.id))?.profile).toBeNull()
    expect((await again.accounts.get(kept.id))?.profile).toEqual({ name: 'Kept', newsletter: false })
    await again.close()
    remove()
  })

  test('shows it in the document', () => {
    const document = JSON.stringify(opened.gatebook.openApi().paths['/api/1/register'])
    expect(document).toContain('"newsletter":{')
    expect(document).not.toContain('$schema')
  })
})

test('an app that asks for nothing more refuses it', async () => {
  const { gatebook, register, close } = await open({ registrationFields: undefined })
  expect(await register('ada@example.org', { name: 'Ada' })).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } })
  const creating = gatebook.accounts.create({ email: 'ada@example.org', password, profile: { name: 'Ada' } })
  expect(await refusal(creating)).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path: 'profile' }] })
  expect(JSON.stringify(gatebook.openApi())).not.toContain('What the app asks for')
  await close()
})

const schema = (validate: RegistrationFields['~standard']['validate']): RegistrationFields => ({ '~standard': { version: 1, validate } })

test('a schema may take its time, and may ask for nothing', async () => {
  const { gatebook, register, close } = await open({ registrationFields: schema(async (value) => ({ value })) })
  expect((await register('ada@example.org')).status).toBe(201)
  const ada = await gatebook.accounts.find({ email: 'ada@example.org' })
  expect((await gatebook.accounts.get(ada?.id ?? ''))?.profile).toBeNull()
  await close()
})

test.each<[string, RegistrationFields['~standard']['validate'], number]>([
  [
    'throws',
    () => {
      throw new Error('ada@example.org')
    },
    500,
  ],
  ['answers what JSON cannot hold', () => ({ value: { big: 1n } }), 400],
  [
    'answers a circle',
    () => {
      const value: { self?: unknown } = {}
      value.self = value
      return { value }
    },
    400,
  ],
  [
    'finds a thousand faults',
    () => ({ issues: Array.from({ length: 1_000 }, () => ({ message: 'x'.repeat(1_000), path: [{ key: 'a' }, 'b'] })) }),
    400,
  ],
])('a schema that %s registers nobody', async (_, validate, status) => {
  const { gatebook, register, close } = await open({ registrationFields: schema(validate) })
  const answer = await register('ada@example.org', { name: 'Ada' })
  expect(answer.status).toBe(status)
  expect(JSON.stringify(answer.body).length).toBeLessThan(6_000)
  expect(JSON.stringify(answer.body)).not.toContain('ada@')
  expect(await gatebook.accounts.find({ email: 'ada@example.org' })).toBeNull()
  await close()
})

test('with verified registration it is given with the link', async () => {
  const { gatebook, dataDir, post, close } = await open({ registration: 'verified' })
  const email = 'ada@example.org'
  expect((await post('/register', { email, profile: { name: 7 }, transport: 'bearer' })).status).toBe(202)
  const outbox = join(dataDir, 'outbox')
  let token: string | undefined
  for (let tries = 0; tries < 200 && token === undefined; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    const mails = existsSync(outbox) ? readdirSync(outbox).map((name) => readFileSync(join(outbox, name), 'utf8')) : []
    token = /#([\w.-]+)/.exec(mails.join('\n').replaceAll(/=\r?\n/g, ''))?.[1]
  }
  const confirm = (profile: unknown) => post('/register/confirm', { token, password, transport: 'bearer', profile })
  expect(await confirm({ name: 7 })).toMatchObject({ status: 400, body: { errors: [{ path: 'profile.name' }] } })
  expect((await confirm({ name: 'Ada' })).status).toBe(201)
  const ada = await gatebook.accounts.find({ email })
  expect((await gatebook.accounts.get(ada?.id ?? ''))?.profile).toEqual({ name: 'Ada', newsletter: false })
  await close()
})
