const page = () => (typeof document === 'undefined' ? undefined : document)

/** True where there is no page: in workers and in Node. */
export function isSeen() {
  return page()?.visibilityState !== 'hidden'
}

/** Calls back when the page is shown or hidden, and when the network is back. */
export function onAttention(callback: () => void) {
  const target: Partial<Pick<typeof globalThis, 'addEventListener' | 'removeEventListener'>> = globalThis
  page()?.addEventListener('visibilitychange', callback)
  target.addEventListener?.('online', callback)
  return () => {
    page()?.removeEventListener('visibilitychange', callback)
    target.removeEventListener?.('online', callback)
  }
}
