import { vi } from 'vitest'

/** What a page has and Node has not: being seen or hidden, and streams of events. */
export const fakePage = () => {
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  const streams: FakeStream[] = []

  class FakeStream extends EventTarget {
    static readonly CLOSED = 2
    readyState = 0
    onopen: (() => void) | null = null
    onerror: (() => void) | null = null
    readonly url: string
    constructor(url: string) {
      super()
      this.url = url
      streams.push(this)
    }
    close() {
      this.readyState = 2
    }
    end() {
      this.dispatchEvent(new Event('end'))
    }
    refuse() {
      this.readyState = 2
      this.onerror?.()
    }
  }

  vi.stubGlobal('document', page)
  vi.stubGlobal('EventSource', FakeStream)
  const show = (visibilityState: 'visible' | 'hidden') => {
    page.visibilityState = visibilityState
    page.dispatchEvent(new Event('visibilitychange'))
  }
  return { show, streams, open: () => streams.filter(({ readyState }) => readyState !== 2) }
}
