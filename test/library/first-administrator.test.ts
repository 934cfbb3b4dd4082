import { expect, test } from 'vitest'
import { openApp, password, refusal } from './support.ts'

test('a disabled account cannot become the first administrator, and the setup stays open', async () => {
  const host = await openApp()
  const { accounts, roles } = host.gatebook
  const { account } = await accounts.create({ email: 'disabled@example.org', password })
  await accounts.disable(account.id)
  expect(await refusal(roles.grant(account.id, 'admin'))).toMatchObject({ code: 'NOT_FOUND' })
  const setUp = { setupToken: host.gatebook.setupToken, email: 'root@example.org', password, transport: 'bearer' }
  expect((await host.post('/setup', setUp)).statusCode).toBe(201)
  expect(await accounts.find({ email: 'root@example.org' })).toMatchObject({ roles: ['admin'] })
  await host.close()
})
