import { startTestServer } from '../../test/support/server/start-test-server.ts'

/** A server of its own process. Tells its parent the URL, and on each message the memory in use after a garbage collection, in bytes. */
const { url } = await startTestServer({ env: { TRUSTED_PROXIES: '127.0.0.1' } })
process.on('disconnect', () => process.exit(0))
process.on('message', () => {
  globalThis.gc?.()
  const { rss, heapUsed, external } = process.memoryUsage()
  process.send?.({ rss, inUse: heapUsed + external })
})
process.send?.(url)
