import type { Send } from './target.ts'

/** Milliseconds. */
const deadline = 10_000

/** A redirect is not followed: it may lead to somebody else. */
export function toUrl(url: string): Send {
  return async ({ note }) => {
    try {
      const headers = { 'content-type': 'text/plain; charset=utf-8' }
      const response = await fetch(url, { method: 'POST', headers, body: note, redirect: 'error', signal: AbortSignal.timeout(deadline) })
      await response.body?.cancel()
      return response.ok ? null : `the server answered ${response.status}`
    } catch {
      return 'the server cannot be reached'
    }
  }
}
