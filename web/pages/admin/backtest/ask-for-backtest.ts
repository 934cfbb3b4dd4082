import type { Client } from '../../../client/client.ts'
import { refusalIn } from '../../../client/request.ts'
import type { BacktestRequest } from './policy-form.ts'
import type { Report } from './report.ts'

/** `paths`: of fields that were refused. */
export type Failure = { readonly code: string; readonly paths: readonly string[] }

export type Found =
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'report'; readonly report: Report }
  | { readonly type: 'failure'; readonly failure: Failure }

const unreachable: Found = { type: 'failure', failure: { code: 'UNREACHABLE', paths: [] } }

type Line = { readonly done: number; readonly total: number } | { readonly problem: string } | Report

const foundIn = (text: string): Found => {
  const line = JSON.parse(text) as Line
  if ('problem' in line) return { type: 'failure', failure: { code: line.problem, paths: [] } }
  return 'done' in line ? { type: 'progress', ...line } : { type: 'report', report: line }
}

async function* linesIn(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    const lines = (rest + decoder.decode(value, { stream: !done })).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
    if (done) return
  }
}

/** The last one is the report or a failure, unless it was stopped. */
export async function* askForBacktest(client: Client, request: BacktestRequest, signal: AbortSignal): AsyncGenerator<Found> {
  try {
    const response = await client.fetch(`${client.baseUrl}/api/1/audit/backtest`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
      signal,
    })
    if (!response.ok || response.body === null) {
      const problem = await refusalIn(response)
      const paths = (problem?.errors ?? []).map(({ path }) => path.replace('policy.', ''))
      yield problem === null ? unreachable : { type: 'failure', failure: { code: problem.code, paths } }
      return
    }
    let isOver = false
    for await (const line of linesIn(response.body)) {
      const found = foundIn(line)
      isOver = found.type !== 'progress'
      yield found
    }
    if (!isOver) yield unreachable
  } catch {
    if (!signal.aborted) yield unreachable
  }
}
