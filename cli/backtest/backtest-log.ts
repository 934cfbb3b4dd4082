import { readFileSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { isLeft } from 'fp-ts/lib/Either.js'
import { type BacktestPolicy, type BacktestReport, openBacktest } from '../../application/backtest/open-backtest.ts'
import { runBacktest } from '../../application/backtest/run-backtest.ts'
import { startFailureText } from '../../composition/start-failure.ts'
import { instant } from '../../domain/kernel/instant.ts'
import { readBacktestPolicy } from '../../infrastructure/configuration/backtest-policy.ts'
import { openReadConnection } from '../../infrastructure/event-store/sqlite/file/connection.ts'
import type { FileKind } from '../../infrastructure/event-store/sqlite/file/schema.ts'
import { localLog } from '../../infrastructure/event-store/sqlite/reader/local-log.ts'
import { stopWith } from '../fail.ts'
import { openLogKeys } from '../keys/log-keys.ts'
import { onLog } from '../log-commands.ts'
import { exits } from '../operator/exit-codes.ts'
import { progressOn } from '../progress.ts'
import { namingDamage } from '../replay/damaged-event.ts'
import { reportText } from './report-text.ts'

export type BacktestCommand = {
  readonly policy: string
  /** ISO 8601, as `readTime` gives it. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly json?: boolean | undefined
}

const wrong = (sentence: string) => stopWith(exits.wrongArguments, sentence)

const jsonIn = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    return wrong(error instanceof SyntaxError ? '--policy: expected a file with JSON' : '--policy: the file cannot be read')
  }
}

const policyIn = (file: string): BacktestPolicy => {
  const policy = readBacktestPolicy(jsonIn(file), process.env)
  if (!isLeft(policy)) return policy.right
  return wrong(policy.left.map(({ variable, expected }) => `--policy: ${variable}: expected ${expected}`).join('\n'))
}

const instantOf = (time: string | undefined) => (time === undefined ? null : instant(Date.parse(time)))

/** Blocked networks may be those of people, so only their number is shown. */
const shownPolicy = ({ networks: { attemptsPerMinute, blocked }, ...lockouts }: BacktestPolicy) => ({
  ...lockouts,
  networks: { attemptsPerMinute, blocked: blocked.length },
})

const withTimes = ({ timeline: { step, steps }, ...report }: BacktestReport) => ({
  ...report,
  timeline: { step, steps: steps.map(({ at, ...counted }) => ({ at: new Date(at).toISOString(), ...counted })) },
})

/** The other policies can be tried without a key. */
const keysOf = async (db: Database, kind: FileKind) => {
  const keys = await openLogKeys(db, kind)
  if (!isLeft(keys)) return keys.right
  console.error(`No address can be opened, so blockedAddresses refuses nothing. ${startFailureText(keys.left)}`)
  return null
}

export async function backtestLog({ policy: file, from, to, json = false }: BacktestCommand) {
  const policy = policyIn(file)
  const backtest = openBacktest(policy, { from: instantOf(from), to: instantOf(to) })
  await onLog(openReadConnection, async (db, kind) => {
    const log = localLog(db, kind)
    const ends = log.ends()
    const keys = policy.networks.blocked.length === 0 ? null : await keysOf(db, kind)
    const progress = progressOn(process.stderr, 'backtest')
    try {
      const pages = runBacktest(log, ends.newest, backtest, { vault: keys?.vault ?? null, pageSize: 1_000, around: namingDamage })
      for await (const { done } of pages) progress.update(done, ends.count)
    } finally {
      progress.stop()
      await keys?.close()
    }
  })
  const report = backtest.report()
  console.log(json ? JSON.stringify({ policy: shownPolicy(policy), ...withTimes(report) }) : reportText(report))
}
