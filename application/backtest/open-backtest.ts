import { isLeft } from 'fp-ts/lib/Either.js'
import type { AccountId } from '../../domain/kernel/ids.ts'
import type { LockoutPolicy } from '../../domain/kernel/lockout-policy.ts'
import { type EventReader, eventReader } from '../../domain/kernel/reader.ts'
import { categoryOf, idInStream } from '../../domain/kernel/streams.ts'
import { loginRules } from '../../domain/login/backtest.ts'
import type { LoginPolicy } from '../../domain/login/challenges.ts'
import { loginEvents } from '../../domain/login/events.ts'
import { codeRules } from '../../domain/second-factor/backtest.ts'
import { secondFactorEvents } from '../../domain/second-factor/events.ts'
import { upcasters } from '../../domain/upcasters.ts'
import type { LoggedEvent } from '../ports/local-log.ts'
import { type Range, tryStreams } from './try-streams.ts'

export type BacktestPolicy = { readonly login: LoginPolicy; readonly codes: LockoutPolicy }

const loginReader = eventReader(loginEvents, upcasters)
const codeReader = eventReader(secondFactorEvents, upcasters)

const read = <Event>({ decode }: EventReader<Event>, { stream, revision, ...stored }: LoggedEvent): Event => {
  const decoded = decode(stored)
  if (isLeft(decoded)) throw new Error(`${stored.type}@${stored.version} cannot be read: ${stream} revision ${revision}`)
  return decoded.right
}

/** Gives another policy the recorded attempts in the order of the log. Throws at an event that cannot be read. */
export function openBacktest({ login, codes }: BacktestPolicy, range: Range) {
  const logins = tryStreams(loginRules(login), (_, event) => ('accountId' in event.data ? event.data.accountId : null), range)
  const ofCodes = tryStreams(codeRules(codes), (stream) => idInStream(stream) as AccountId, range)
  return {
    take: (event: LoggedEvent) => {
      const category = categoryOf(event.stream)
      if (category === 'login') logins.take(event.stream, read(loginReader, event))
      else if (category === 'secondFactor') ofCodes.take(event.stream, read(codeReader, event))
    },
    report: () => ({ logins: logins.report(), codes: ofCodes.report() }),
  }
}

export type BacktestReport = ReturnType<ReturnType<typeof openBacktest>['report']>
