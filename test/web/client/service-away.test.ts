import { afterEach, describe, expect, test, vi } from 'vitest'
import { suiteServer } from '../../support/server/suite-server.ts'
import { fakePage } from './fake-page.ts'
import { membersOf, stateOf, tabOf } from './support.ts'

const question = 'GET /session'

const settled = () => new Promise((resolve) => setImmediate(resolve))

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('while the service is away, the session store', async () => {
  const { app } = await suiteServer()
  const { member } = membersOf(app, 'away')

  test('keeps its state and asks ever more slowly until there is an answer', async () => {
    const { tab, net } = await member()
    const stop = tab.session.subscribe(() => {})
    await stateOf(tab, 'authenticated')
    const state = tab.session.get()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const away = net.goAway()
    expect(await tab.session.refresh()).toBe(state)
    for (const wait of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
      const asked = away.next()
      vi.advanceTimersByTime(wait - 1)
      await settled()
      expect(away.isWaiting()).toBe(true)
      vi.advanceTimersByTime(1)
      await asked
      await settled()
    }
    away.end()
    net.forget()
    const answer = net.hold(question)
    vi.advanceTimersByTime(30_000)
    await answer.arrived
    answer.release()
    expect(tab.session.get()).toBe(state)
    stop()
  })

  test('is unknown as long as nothing was ever known', async () => {
    const { tab, net } = await member()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const away = net.goAway()
    const stop = tab.session.subscribe(() => {})
    expect(await tab.session.refresh()).toEqual({ status: 'unknown' })
    away.end()
    vi.advanceTimersByTime(30_000)
    await stateOf(tab, 'authenticated')
    stop()
  })

  test('does not ask behind the back of a hidden page, or of nobody', async () => {
    const page = fakePage()
    const { tab, net } = await member()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const stop = tab.session.subscribe(() => {})
    const away = net.goAway()
    page.show('hidden')
    await tab.session.refresh()
    const asked = vi.fn()
    void away.next().then(asked)
    vi.advanceTimersByTime(600_000)
    await settled()
    expect(asked).not.toHaveBeenCalled()
    page.show('visible')
    await tab.session.refresh()
    expect(asked).toHaveBeenCalled()
    stop()
    const askedAgain = vi.fn()
    void away.next().then(askedAgain)
    vi.advanceTimersByTime(600_000)
    await settled()
    expect(askedAgain).not.toHaveBeenCalled()
  })

  test('is not taken for a logout', async () => {
    const { tab, net, browser } = await member()
    await tab.session.refresh()
    const away = net.goAway()
    expect(await tab.call('POST /logout')).toMatchObject({ ok: false, problem: { code: 'UNREACHABLE' } })
    expect(tab.session.get().status).toBe('authenticated')
    away.end()
    expect(await tabOf(app, browser).session.refresh()).toMatchObject({ status: 'authenticated' })
  })
})
