import { openTestGatebook, type TestGatebook } from 'gatebook/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildOrders } from './orders.ts'

let auth: TestGatebook
let app: Awaited<ReturnType<typeof buildOrders>>

beforeAll(async () => {
  auth = await openTestGatebook()
  app = await buildOrders(auth.gatebook)
})
afterAll(() => app.close())

const post = (url: string, payload: object) => app.inject({ method: 'POST', url, payload })

test('orders are shown to whoever is logged in', async () => {
  const ada = await auth.createUser()
  const { headers } = await auth.login(ada)
  expect((await app.inject({ url: '/orders', headers })).json()).toEqual({ of: ada.id })
  expect((await app.inject('/orders')).statusCode).toBe(401)
})

test('the books are for bookkeepers', async () => {
  const bookkeeper = await auth.login(await auth.createUser({ roles: ['bookkeeper'] }))
  const other = await auth.login(await auth.createUser())
  expect((await app.inject({ url: '/books', headers: bookkeeper.headers })).statusCode).toBe(200)
  expect((await app.inject({ url: '/books', headers: other.headers })).json().code).toBe('ROLE_REQUIRED')
})

test('a payout needs an elevated session, which ends after fifteen minutes', async () => {
  const ada = await auth.createUser({ claims: { limit: 1000 }, secondFactor: true })
  const payout = async (elevated: boolean) => {
    const { headers } = await auth.login(ada, { elevated })
    return () => app.inject({ method: 'POST', url: '/payouts', headers })
  }
  expect((await (await payout(false))()).json().code).toBe('ELEVATION_REQUIRED')
  const pay = await payout(true)
  expect((await pay()).json()).toEqual({ paid: true })
  await auth.clock.advance({ minutes: 16 })
  expect((await pay()).json().code).toBe('ELEVATION_REQUIRED')
})

test('a forgotten password is replaced with the mailed link', async () => {
  const ada = await auth.createUser()
  await post('/api/1/password/reset', { email: ada.email })
  const [mail] = await auth.mails(ada.email)
  expect(mail?.subject).toBe('Reset your password')
  const confirmed = await post('/api/1/password/reset/confirm', { token: mail?.token, newPassword: 'another correct horse' })
  expect(confirmed.statusCode).toBe(204)
  await expect(auth.login(ada)).rejects.toThrow('Invalid credentials')
  await auth.login({ ...ada, password: 'another correct horse' })
})

test('a login asks for a code', async () => {
  const ada = await auth.createUser({ secondFactor: true })
  const { challenge } = (await post('/api/1/login', { email: ada.email, password: ada.password, transport: 'bearer' })).json()
  const answer = { challenge, code: await auth.totp(ada), transport: 'bearer' }
  const { token } = (await post('/api/1/login/otp', answer)).json()
  expect((await app.inject({ url: '/orders', headers: { authorization: `Bearer ${token}` } })).statusCode).toBe(200)
})
