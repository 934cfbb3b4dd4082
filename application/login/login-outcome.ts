import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Registered } from '../../domain/account/state.ts'
import type { UsedKey } from '../../domain/kernel/used-key.ts'
import type { Challenge } from '../../domain/login/challenges.ts'
import type { ChallengePurpose } from '../../domain/login/events.ts'
import type { Factor } from '../../domain/session/events.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import type { IssuedSession } from '../sessions/grant-session.ts'

/** A challenge is shown once, and is bound to this account, password and second factor. */
export type LoginOutcome =
  | ({ readonly type: 'authenticated' } & IssuedSession)
  | { readonly type: 'challenged'; readonly purpose: ChallengePurpose; readonly challenge: string }

/** RFC 8176. */
export function firstFactor(key: UsedKey | null): Factor {
  return key === null ? 'pwd' : 'pop'
}

export function asOutcome<E>(granted: TE.TaskEither<E, IssuedSession>) {
  return pipe(
    granted,
    TE.map((issued): LoginOutcome => ({ type: 'authenticated', ...issued })),
  )
}

export function issueChallenge(
  { journal, crypto }: Needs<'journal' | 'crypto'>,
  { accountId, loginIndex }: Registered,
  bound: Omit<Challenge, 'accountId' | 'issuedAt'>,
  caller: Caller,
) {
  const token = `${accountId}.${crypto.tokens.make()}`
  const command = { type: 'challenge' as const, challengeHash: crypto.tokens.hash(token), accountId, ...bound, at: journal.now() }
  return pipe(
    journal.decide(streams.login(loginIndex), command, metadataOf(caller, accountId)),
    TE.map((): LoginOutcome => ({ type: 'challenged', purpose: bound.purpose, challenge: token })),
  )
}
