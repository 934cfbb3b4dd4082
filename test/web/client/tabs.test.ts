import { describe, expect, test, vi } from 'vitest'
import { person } from '../../support/server/client.ts'
import { origin } from '../../support/server/start-test-server.ts'
import { suiteServer } from '../../support/server/suite-server.ts'
import { browserAt, membersOf, mustSucceed, stateOf, tabOf } from './support.ts'

describe('two tabs of a browser', async () => {
  const { app } = await suiteServer()
  const { newEmail, member } = membersOf(app, 'tabs')

  test('follows its log-in and its logout', async () => {
    const browser = browserAt(origin)
    const [one, other] = [tabOf(app, browser), tabOf(app, browser)]
    const stop = [one, other].map((tab) => tab.session.subscribe(() => {}))
    await Promise.all([stateOf(one, 'anonymous'), stateOf(other, 'anonymous')])
    mustSucceed(await one.call('POST /register', { body: { ...person, email: newEmail() } }))
    await stateOf(other, 'authenticated')
    mustSucceed(await other.call('POST /logout'))
    await stateOf(one, 'anonymous')
    for (const end of stop) end()
  })

  test('follows one that does not follow it', async () => {
    const { tab, browser } = await member()
    const stop = tab.session.subscribe(() => {})
    await stateOf(tab, 'authenticated')
    mustSucceed(await tabOf(app, browser).call('POST /logout'))
    await stateOf(tab, 'anonymous')
    stop()
  })

  test('does not answer it back', async () => {
    const { tab, browser, net } = await member()
    const other = tabOf(app, browser)
    const stop = [tab, other].map((one) => one.session.subscribe(() => {}))
    await Promise.all([stateOf(tab, 'authenticated'), stateOf(other, 'authenticated')])
    const told = vi.fn()
    const ear = new BroadcastChannel(`gatebook ${app.url}/api/1`)
    ear.onmessage = told
    net.forget()
    mustSucceed(await other.call('POST /logout'))
    await stateOf(tab, 'anonymous')
    await tab.session.refresh()
    expect(told).toHaveBeenCalledTimes(1)
    expect(JSON.stringify(told.mock.calls[0]?.[0].data)).toBe('null')
    ear.close()
    for (const end of stop) end()
  })
})
