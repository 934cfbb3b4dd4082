import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AttemptId, SessionId } from '../../domain/kernel/ids.ts'
import type { ReauthenticationPurpose } from '../../domain/session/events.ts'
import { awaitAttempts } from '../await-attempts.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import { activeSession } from './grant-session.ts'

type Reauthentication = { readonly sessionId: SessionId; readonly purpose: ReauthenticationPurpose }

const wrong: readonly string[] = ['invalid_credentials', 'second_factor_failed']

/** Counts the proof against the session before it is checked, and looks at the session again after it. Wrong ones end the session. */
export const reauthenticate =
  ({ journal }: Needs<'journal'>) =>
  ({ sessionId, purpose }: Reauthentication, caller: Caller) =>
  <E extends { readonly type: string }, A>(proof: TE.TaskEither<E, A>) => {
    const stream = streams.session(sessionId)
    const attemptId = journal.newId() as AttemptId
    return pipe(
      journal.load(stream),
      TE.chainW(({ state }) => activeSession(state)),
      TE.chainW(({ accountId }) => {
        const metadata = metadataOf(caller, accountId)
        const settle = (isRight: boolean) => journal.decide(stream, { type: 'settle', attemptId, isRight, at: journal.now() }, metadata)
        return pipe(
          awaitAttempts(async () => journal.decide(stream, { type: 'attempt', attemptId, purpose, at: journal.now() }, metadata)()),
          TE.chainW(({ state }) => activeSession(state)),
          TE.chainW(() => proof),
          TE.orElseFirstW((failure) => (wrong.includes(failure.type) ? settle(false) : TE.right(undefined))),
          TE.chainFirstW(() => settle(true)),
        )
      }),
    )
  }
