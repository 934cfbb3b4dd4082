import { expect, test } from 'vitest'
import { setupToken, startTestServer } from '../../support/server/start-test-server.ts'

const roleOf = (id: string) => `/admin/accounts/${id}/roles/admin`

test('of two administrators who remove each other at once, one stays', async () => {
  const own = await startTestServer()
  try {
    const first = await own.setUp(setupToken)
    const firstToken = await own.elevated(first.token)
    const second = await own.register()
    const secondToken = await own.elevated(second.token)
    await own.put(roleOf(second.accountId), undefined, firstToken)
    const answers = await Promise.all([own.del(roleOf(second.accountId), firstToken), own.del(roleOf(first.accountId), secondToken)])
    expect(answers.map(({ status }) => status).sort()).not.toEqual([204, 204])
    const alive = await Promise.all([firstToken, secondToken].map(async (token) => (await own.get('/secure/admin', token)).status))
    expect(alive.sort()).toEqual([200, 403])
  } finally {
    await own.stop()
  }
})
