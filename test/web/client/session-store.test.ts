import { describe, expect, test, vi } from 'vitest'
import { person } from '../../support/server/client.ts'
import { origin } from '../../support/server/start-test-server.ts'
import { suiteServer } from '../../support/server/suite-server.ts'
import { browserAt, membersOf, mustSucceed, stateOf, tabOf } from './support.ts'

const question = 'GET /session'

describe('the session store of a browser', async () => {
  const { app, steps } = await suiteServer()
  const { newEmail, member, endElsewhere } = membersOf(app, 'store')

  test('knows nothing before it is asked, then who is logged in', async () => {
    const { tab, email } = await member()
    expect(tab.session.get()).toEqual({ status: 'unknown' })
    expect(await tab.session.refresh()).toMatchObject({ status: 'authenticated', email })
    mustSucceed(await tab.call('POST /logout'))
    expect(tab.session.get()).toEqual({ status: 'anonymous' })
  })

  test('has the new state when the call that changed it is done', async () => {
    const tab = tabOf(app, browserAt(origin))
    const states: string[] = []
    const stop = tab.session.subscribe(() => states.push(tab.session.get().status))
    await stateOf(tab, 'anonymous')
    mustSucceed(await tab.call('POST /register', { body: { ...person, email: newEmail() } }))
    expect(tab.session.get().status).toBe('authenticated')
    mustSucceed(await tab.call('POST /logout'))
    expect(states).toEqual(['anonymous', 'authenticated', 'anonymous'])
    stop()
  })

  test('knows of a logout without asking', async () => {
    const { tab, net } = await member()
    await tab.session.refresh()
    net.forget()
    mustSucceed(await tab.call('POST /logout'))
    expect(net.names()).toEqual(['POST /logout'])
  })

  test('asks after a call that can have changed it, and after no other', async () => {
    const { tab, net } = await member()
    await tab.session.refresh()
    const somebody = await steps.somebody(newEmail())
    net.forget()
    mustSucceed(await tab.call('POST /password/reset', { body: { email: somebody.email } }))
    mustSucceed(await tab.call('POST /login', { body: { ...person, email: somebody.email } }))
    expect(net.names()).toEqual(['POST /password/reset', 'POST /login'])
    net.forget()
    mustSucceed(await tab.call('POST /session/elevate', { body: { password: person.password } }))
    expect(net.names()).toEqual(['POST /session/elevate', question])
  })

  test('keeps the same object while nothing changes', async () => {
    const { tab } = await member()
    const listener = vi.fn()
    const state = await tab.session.refresh()
    const stop = tab.session.subscribe(listener)
    expect(await tab.session.refresh()).toBe(state)
    expect(listener).not.toHaveBeenCalled()
    stop()
  })

  test('does not believe an answer from before the logout', async () => {
    const { tab, net } = await member()
    const states: string[] = []
    const stop = tab.session.subscribe(() => states.push(tab.session.get().status))
    await stateOf(tab, 'authenticated')
    const answer = net.hold(question)
    const asking = tab.session.refresh()
    await answer.arrived
    const logout = tab.call('POST /logout')
    answer.release()
    await Promise.all([asking, logout])
    expect(tab.session.get()).toEqual({ status: 'anonymous' })
    expect(states).toEqual(['authenticated', 'anonymous'])
    stop()
  })

  test('asks twice at most for however many want to know at once', async () => {
    const { tab, net } = await member()
    await Promise.all(Array.from({ length: 20 }, () => tab.session.refresh()))
    expect(net.names().length).toBeLessThanOrEqual(2)
  })

  test('keeps a state that is held, and asks once it is let go', async () => {
    const { tab } = await member()
    const stop = tab.session.subscribe(() => {})
    await stateOf(tab, 'authenticated')
    const letGo = [tab.session.hold(), tab.session.hold()]
    mustSucceed(await tab.call('POST /session/elevate', { body: { password: person.password } }))
    expect(tab.session.get()).toMatchObject({ session: { elevatedUntil: null } })
    letGo[0]?.()
    letGo[0]?.()
    expect(await tab.session.refresh()).toMatchObject({ session: { elevatedUntil: null } })
    letGo[1]?.()
    expect(await tab.session.refresh()).toMatchObject({ session: { elevatedUntil: expect.any(String) } })
    stop()
  })

  test('finds out that the session has ended by any call', async () => {
    const { tab, email } = await member()
    const stop = tab.session.subscribe(() => {})
    await stateOf(tab, 'authenticated')
    await endElsewhere({ email })
    expect(await tab.call('GET /sessions', {})).toMatchObject({ ok: false, problem: { code: 'SESSION_REQUIRED' } })
    expect(tab.session.get()).toEqual({ status: 'anonymous' })
    stop()
  })

  test('finds out that a role is gone by a call that needs it', async () => {
    const { tab, net } = await member()
    await tab.session.refresh()
    net.forget()
    expect(await tab.call('GET /admin/accounts', {})).toMatchObject({ ok: false, problem: { code: 'ROLE_REQUIRED' } })
    expect(net.names()).toEqual(['GET /admin/accounts', question])
  })

  test('repeats a call that overlapped with an elevation in another tab', async () => {
    const { tab, browser, net } = await member()
    await tab.session.refresh()
    const call = net.hold('GET /secure/user')
    const old = new Map(browser.cookies)
    mustSucceed(await tabOf(app, browser).call('POST /session/elevate', { body: { password: person.password } }))
    const current = new Map(browser.cookies)
    expect(current).not.toEqual(old)
    for (const [name, value] of old) browser.cookies.set(name, value)
    const reading = tab.call('GET /secure/user')
    await call.arrived
    for (const [name, value] of current) browser.cookies.set(name, value)
    call.release()
    expect(await reading).toMatchObject({ ok: true })
    expect(tab.session.get().status).toBe('authenticated')
  })

  test('asks once more before it takes somebody for gone', async () => {
    const { tab, net } = await member()
    await tab.session.refresh()
    const states: string[] = []
    const stop = tab.session.subscribe(() => states.push(tab.session.get().status))
    await tab.session.refresh()
    net.replaceNext(question, () => Response.json(null))
    expect(await tab.session.refresh()).toMatchObject({ status: 'authenticated' })
    expect(states).toEqual([])
    stop()
  })
})
