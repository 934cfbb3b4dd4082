import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { person } from '../support/server/client.ts'
import { mailTo, mustBe, ticketIn } from '../support/server/second-factor.ts'
import { startTestServer } from '../support/server/start-test-server.ts'
import { crashingBefore } from '../support/test-app/stores.ts'

let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatebook-owed-'))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

const start = async (crash: string | null) => {
  const owed: number[] = []
  const wrapStore = crash === null ? {} : { wrapStore: crashingBefore(crash) }
  return { owed, server: await startTestServer({ dataDir, hooks: { ...wrapStore, onEmailChangesOwed: (count) => owed.push(count) } }) }
}

const metricOf = async ({ get }: Awaited<ReturnType<typeof start>>['server']) =>
  (await get('/metrics')).text.split('\n').find((line) => line.startsWith('gatebook_email_changes_owed '))

const [from, to] = ['before@example.org', 'after@example.org']

const interrupted = async (crash: string) => {
  const { server } = await start(crash)
  const { token } = await server.register({ email: from })
  mustBe(202, await server.post('/email', { email: to, password: person.password }, token))
  const link = ticketIn(await mailTo(dataDir, to, /Confirm/))
  const answer = await server.post('/email/confirm', { token: link })
  await server.stop()
  return answer.status
}

test.each([
  ['EmailReplaced', 503],
  ['EmailReleased', 204],
])('a change of address that ended before %s is reported at each start, until one completes it', async (crash, status) => {
  expect(await interrupted(crash)).toBe(status)
  const failing = await start(crash)
  expect(await metricOf(failing.server)).toBe('gatebook_email_changes_owed 1')
  await failing.server.stop()
  expect(failing.owed).toEqual([1])
  const { owed, server } = await start(null)
  expect(owed).toEqual([0])
  expect(await metricOf(server)).toBe('gatebook_email_changes_owed 0')
  expect(server.gatebook.queries.accountQueries.heldEmails()).toEqual([])
  expect((await server.logIn({ email: to })).token).toEqual(expect.any(String))
  expect((await server.register({ email: from })).token).toEqual(expect.any(String))
  await server.stop()
})
