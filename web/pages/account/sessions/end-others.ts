import type { Client } from '../../../client/client.ts'
import type { Result } from '../../../client/result.ts'

const pageSize = 100

const othersFrom = (call: Client['call'], cursor: string | null) =>
  call('GET /sessions', { query: { limit: pageSize, ...(cursor === null ? {} : { cursor }) } })

/** One after the other. Sessions that ended meanwhile are as good as ended. Returns how many were ended. */
export async function endOthersInTurn(call: Client['call'], onProgress: (ended: number) => void): Promise<Result<number>> {
  let ended = 0
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof othersFrom>> = await othersFrom(call, cursor)
    if (!page.ok) return page
    for (const { id, current } of page.value.sessions) {
      if (current) continue
      const result = await call('DELETE /sessions/{id}', { params: { id } })
      if (!result.ok && result.problem.code !== 'NOT_FOUND') return result
      ended += 1
      onProgress(ended)
    }
    cursor = page.value.next
  } while (cursor !== null)
  return { ok: true, value: ended }
}
