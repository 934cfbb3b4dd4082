import { readFileSync } from 'node:fs'
import { isLeft } from 'fp-ts/lib/Either.js'
import { type BacktestPolicy, openBacktest } from '../../application/backtest/open-backtest.ts'
import type { Instant } from '../../domain/kernel/instant.ts'
import { readBacktestPolicy } from '../../infrastructure/configuration/backtest-policy.ts'
import { openReadConnection } from '../../infrastructure/event-store/sqlite/file/connection.ts'
import { localLog } from '../../infrastructure/event-store/sqlite/reader/local-log.ts'
import { onLog } from '../log-commands.ts'
import { progressOn } from '../progress.ts'
import { reportText } from './report-text.ts'

export type BacktestCommand = {
  readonly policy: string
  readonly from?: Instant | undefined
  readonly to?: Instant | undefined
  readonly json?: boolean | undefined
}

const wrong = (sentence: string): never => {
  console.error(sentence)
  process.exit(2)
}

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

const page = 1_000

export async function backtestLog({ policy: file, from = undefined, to = undefined, json = false }: BacktestCommand) {
  const policy = policyIn(file)
  const backtest = openBacktest(policy, { from: from ?? null, to: to ?? null })
  await onLog(openReadConnection, (db, kind) => {
    const log = localLog(db, kind)
    const { newest, count } = log.ends()
    const progress = progressOn(process.stderr, 'backtest')
    let done = 0
    for (let events = log.after(0, page); events.length > 0; events = log.after(events.at(-1)?.position ?? newest, page)) {
      for (const event of events) if (event.position <= newest) backtest.take(event)
      done += events.length
      progress.update(Math.min(done, count), count)
      if ((events.at(-1)?.position ?? newest) >= newest) break
    }
    progress.stop()
  })
  const report = backtest.report()
  console.log(json ? JSON.stringify({ policy, ...report }) : reportText(report))
}
