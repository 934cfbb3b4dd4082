import { describe, expect, test, vi } from 'vitest'
import type { Client } from '../../../web/client/index.ts'
import { person } from '../../support/server/client.ts'
import { origin } from '../../support/server/start-test-server.ts'
import { suiteServer } from '../../support/server/suite-server.ts'
import { bearerOf, browserAt, emailsOf, mustSucceed, network, stateOf, tabOf } from './support.ts'

const elevation = { body: { password: person.password } }
const refused = { ok: false, problem: { code: 'ELEVATION_REQUIRED' } }

/** A call whose dialog is shown, and gets no answer. */
const waitingDialog = async (client: Client) => {
  const shown = Promise.withResolvers<void>()
  const remove = client.onStepUp(() => {
    shown.resolve()
    return new Promise(() => {})
  })
  const call = client.call('GET /secure/elevated')
  await shown.promise
  return { call, remove }
}

describe('step-up', async () => {
  const { app } = await suiteServer()
  const newEmail = emailsOf('step-up')

  const loggedIn = async () => {
    const net = network()
    const client = bearerOf(app, net.send)
    mustSucceed(await client.call('POST /register', { body: { ...person, email: newEmail() } }))
    return { client, net }
  }

  test('asks once for calls at the same time, and repeats each', async () => {
    const { client } = await loggedIn()
    const ask = vi.fn(async () => (await client.call('POST /session/elevate', elevation)).ok)
    client.onStepUp(ask)
    const results = await Promise.all([1, 2, 3].map(() => client.call('GET /secure/elevated')))
    expect(results.map(({ ok }) => ok)).toEqual([true, true, true])
    expect(ask).toHaveBeenCalledTimes(1)
  })

  test('leaves the refusal as it is when the person cancels', async () => {
    const { client, net } = await loggedIn()
    client.onStepUp(() => Promise.resolve(false))
    net.forget()
    expect(await client.call('GET /secure/elevated')).toMatchObject(refused)
    expect(net.names()).toEqual(['GET /secure/elevated'])
  })

  test('asks again the next time', async () => {
    const { client } = await loggedIn()
    const ask = vi.fn(() => Promise.resolve(false))
    client.onStepUp(ask)
    await client.call('GET /secure/elevated')
    await client.call('GET /secure/elevated')
    expect(ask).toHaveBeenCalledTimes(2)
  })

  test('asks once for a call, even if the answer was no use', async () => {
    const { client } = await loggedIn()
    const ask = vi.fn(() => Promise.resolve(true))
    client.onStepUp(ask)
    expect(await client.call('GET /secure/elevated')).toMatchObject(refused)
    expect(ask).toHaveBeenCalledTimes(1)
  })

  test('is refused without anybody to ask, and by a dialog that fails', async () => {
    const { client } = await loggedIn()
    expect(await client.call('GET /secure/elevated')).toMatchObject(refused)
    client.onStepUp(() => Promise.reject(new Error('broken dialog')))
    expect(await client.call('GET /secure/elevated')).toMatchObject(refused)
  })

  test('is refused when its dialog goes from the page, and the next one is asked', async () => {
    const { client } = await loggedIn()
    const { call, remove } = await waitingDialog(client)
    remove()
    expect(await call).toMatchObject(refused)
    client.onStepUp(async () => (await client.call('POST /session/elevate', elevation)).ok)
    expect(await client.call('GET /secure/elevated')).toMatchObject({ ok: true })
  })

  test('asks the dialog that was shown before once a later one is gone', async () => {
    const { client } = await loggedIn()
    const first = vi.fn(() => Promise.resolve(false))
    const second = vi.fn(() => Promise.resolve(false))
    client.onStepUp(first)
    const removeSecond = client.onStepUp(second)
    await client.call('GET /secure/elevated')
    removeSecond()
    removeSecond()
    await client.call('GET /secure/elevated')
    expect([first.mock.calls.length, second.mock.calls.length]).toEqual([1, 1])
  })

  test('is refused when its dialog goes after another one came', async () => {
    const { client } = await loggedIn()
    const { call, remove } = await waitingDialog(client)
    client.onStepUp(() => Promise.resolve(false))
    remove()
    expect(await call).toMatchObject(refused)
  })

  test('does not repeat the call of one account for another', async () => {
    const browser = browserAt(origin)
    const net = network(browser.send)
    const [mine, other] = [tabOf(app, net), tabOf(app, browser)]
    mustSucceed(await mine.call('POST /register', { body: { ...person, email: newEmail() } }))
    await mine.session.refresh()
    mine.onStepUp(async () => {
      mustSucceed(await other.call('POST /register', { body: { ...person, email: newEmail() } }))
      return (await mine.call('POST /session/elevate', elevation)).ok
    })
    net.forget()
    expect(await mine.call('GET /secure/elevated')).toMatchObject(refused)
    expect(net.names().filter((name) => name === 'GET /secure/elevated')).toHaveLength(1)
  })

  test('repeats the call of a browser with its new cookie', async () => {
    const tab = tabOf(app, browserAt(origin))
    mustSucceed(await tab.call('POST /register', { body: { ...person, email: newEmail() } }))
    tab.onStepUp(async () => (await tab.call('POST /session/elevate', elevation)).ok)
    await stateOf(tab, 'authenticated')
    expect(await tab.call('GET /secure/elevated')).toMatchObject({ ok: true })
  })
})
