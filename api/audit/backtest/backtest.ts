import { PassThrough } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { BacktestLine as Found } from '../../../application/backtest/backtest-in-slices.ts'
import type { BacktestPolicy } from '../../../application/backtest/open-backtest.ts'
import { time } from '../../codecs/primitives.ts'
import { strictObject } from '../../codecs/strict-object.ts'
import type { Context } from '../../context.ts'
import { afterRecording } from '../../guards/recorded-read.ts'
import { defineRoute } from '../../http/route.ts'
import { firstRefusal } from '../../http/run-checks.ts'
import { isProblem } from '../../problems.ts'
import { BacktestLine, BacktestPolicyBody } from './backtest-shapes.ts'

const description =
  'Newline-delimited JSON: `{"done", "total"}` now and then (positions of the log), and at the end the report, or `{"problem"}` with the code of a problem. Without either, the service stopped. `policy` has what differs from the policy in force; `from` is inclusive, `to` is not. Only the 1,000 most affected accounts of each kind are listed; `moreAccounts` are not. One back-test runs at a time, and ends when its caller goes. Reading it is recorded.'

/** Blocked networks may be those of people, so only their number is answered. */
const shownPolicy = ({ login: { challengeLifetime: _, ...login }, codes, networks }: BacktestPolicy) => ({
  login,
  codes,
  networks: { attemptsPerMinute: networks.attemptsPerMinute, blocked: networks.blocked.length },
})

const answered = (found: Found, policy: BacktestPolicy): BacktestLine =>
  found.type === 'progress' ? { done: found.done, total: found.total } : { policy: shownPolicy(policy), ...found.report }

const lineOf = (line: BacktestLine) => `${JSON.stringify(BacktestLine.encode(line))}\n`

/** What does not read gets no progress, and delays nobody. */
const linesTo = (body: PassThrough) => ({
  progress: (line: BacktestLine) => {
    if (!body.destroyed && !body.writableNeedDrain) body.write(lineOf(line))
  },
  end: (line: BacktestLine | null) => {
    if (!body.destroyed) body.end(line === null ? undefined : lineOf(line))
  },
})

type Begun = NonNullable<ReturnType<Context['backtests']['begin']>>

/** Who lost the right to read it meanwhile gets no report. */
const send =
  ({ passiveGuards }: Context, request: FastifyRequest, policy: BacktestPolicy, begun: Begun, body: PassThrough) =>
  async () => {
    const { progress, end } = linesTo(body)
    try {
      for await (const found of begun) {
        const refused = firstRefusal(passiveGuards.admin, request)
        if (refused !== undefined) return end({ problem: refused.problem })
        if (found.type === 'report') return end(answered(found, policy))
        progress(answered(found, policy))
      }
      end(null)
    } catch (error) {
      end({ problem: 'INTERNAL' })
      throw error
    }
  }

export function backtestRoute(context: Context) {
  const { backtests } = context
  return defineRoute({
    method: 'POST',
    url: '/audit/backtest',
    tag: 'Audit',
    summary: 'Try another lockout or network policy on the recorded attempts',
    description,
    body: strictObject({ policy: BacktestPolicyBody }, { from: time, to: time }),
    guards: context.guards.admin,
    responses: { 200: { mediaType: 'application/x-ndjson', shape: BacktestLine } },
    problems: ['BACKTEST_RUNNING', 'STORE_UNAVAILABLE'],
  })(async ({ body: { policy: given, from = null, to = null } }, request) => {
    const policy = context.readBacktestPolicy(given)
    if (isLeft(policy)) return { problem: 'VALIDATION_FAILED', errors: policy.left }
    const recorded = await afterRecording(context, request, { what: 'audit', subject: null }, {})
    if (isProblem(recorded)) return recorded
    const body = new PassThrough()
    const begun = backtests.begin(policy.right, { from, to }, () => !body.destroyed)
    if (begun === undefined) return { problem: 'BACKTEST_RUNNING', retryAfter: 5 }
    context.inBackground(send(context, request, policy.right, begun, body))
    return { status: 200, body, headers: { 'x-accel-buffering': 'no' } } as const
  })
}
