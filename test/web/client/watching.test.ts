import { afterEach, describe, expect, test, vi } from 'vitest'
import { suiteServer } from '../../support/server/suite-server.ts'
import { fakePage } from './fake-page.ts'
import { membersOf, mustSucceed, stateOf, tabOf } from './support.ts'

const question = 'GET /session'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('a page that shows who is logged in', async () => {
  const { app } = await suiteServer()
  const { member, endElsewhere } = membersOf(app, 'watching')

  test('watches the session while it is seen, and asks when it is seen again', async () => {
    const page = fakePage()
    const { tab, net } = await member()
    const stop = tab.session.subscribe(() => {})
    await stateOf(tab, 'authenticated')
    expect(page.open().map(({ url }) => url)).toEqual([`${app.url}/api/1/audit/me/live`])
    page.show('hidden')
    expect(page.open()).toEqual([])
    net.forget()
    page.show('visible')
    await tab.session.refresh()
    expect(net.names()).toContain(question)
    expect(page.open()).toHaveLength(1)
    stop()
    expect(page.open()).toEqual([])
  })

  test('asks at once when the stream ends with the session, and opens no other', async () => {
    const page = fakePage()
    const { tab, email } = await member()
    const stop = tab.session.subscribe(() => {})
    await stateOf(tab, 'authenticated')
    await endElsewhere({ email })
    page.streams[0]?.end()
    await stateOf(tab, 'anonymous')
    expect([page.open(), page.streams.length]).toEqual([[], 1])
    stop()
  })

  test('opens no stream for a session that ended while the page was hidden', async () => {
    const page = fakePage()
    const { tab, email } = await member()
    const stop = tab.session.subscribe(() => {})
    await stateOf(tab, 'authenticated')
    page.show('hidden')
    await endElsewhere({ email })
    page.show('visible')
    await stateOf(tab, 'anonymous')
    expect(page.streams).toHaveLength(1)
    stop()
  })

  test('tries a refused stream again, ever more slowly', async () => {
    const page = fakePage()
    const { tab } = await member()
    const stop = tab.session.subscribe(() => {})
    await stateOf(tab, 'authenticated')
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    for (const wait of [5_000, 10_000, 20_000, 40_000, 60_000, 60_000]) {
      const before = page.streams.length
      page.streams.at(-1)?.refuse()
      vi.advanceTimersByTime(wait - 1)
      expect(page.streams).toHaveLength(before)
      vi.advanceTimersByTime(1)
      expect(page.streams).toHaveLength(before + 1)
    }
    page.streams.at(-1)?.onopen?.()
    page.streams.at(-1)?.refuse()
    vi.advanceTimersByTime(5_000)
    expect(page.streams).toHaveLength(8)
    page.streams.at(-1)?.refuse()
    stop()
    vi.advanceTimersByTime(600_000)
    expect([page.open(), page.streams.length]).toEqual([[], 8])
  })

  test('leaves nothing behind when nobody listens any more', async () => {
    const page = fakePage()
    const { tab, net, browser } = await member()
    const listener = vi.fn()
    for (let times = 0; times < 5; times += 1) {
      const stop = tab.session.subscribe(listener)
      await stateOf(tab, 'authenticated')
      stop()
      stop()
    }
    await tab.session.refresh()
    net.forget()
    listener.mockClear()
    page.show('visible')
    mustSucceed(await tabOf(app, browser).call('POST /logout'))
    expect([net.names(), page.open(), listener.mock.calls]).toEqual([[], [], []])
  })
})
