import type { Client } from '../../../client/client.ts'
import type { Problem, Result } from '../../../client/result.ts'

/** A complete page ends with it. One that broke off, or a page of a proxy on the way, does not. */
const endMark = '<!-- complete: gatebook-export 2 -->\n'

const unreachable: Problem = { code: 'UNREACHABLE', status: 0, title: 'The service cannot be reached' }

/** Not one of the client's calls, which read JSON only: what only this page needs is not loaded with the login. */
export async function exportAsPage({ fetch }: Pick<Client, 'fetch'>, language: string): Promise<Result<string>> {
  try {
    const response = await fetch(`/api/1/me/export/page?language=${language}`)
    if (response.headers.get('content-type')?.startsWith('application/problem+json')) return { ok: false, problem: await response.json() }
    const html = await response.text()
    return html.endsWith(endMark) ? { ok: true, value: html } : { ok: false, problem: unreachable }
  } catch {
    return { ok: false, problem: unreachable }
  }
}
