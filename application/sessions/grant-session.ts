import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { AccountId, Actor, SessionId } from '../../domain/kernel/ids.ts'
import type { UsedKey } from '../../domain/kernel/used-key.ts'
import type { ActiveSession, State } from '../../domain/session/decider.ts'
import type { SessionFactor } from '../../domain/session/events.ts'
import { type Caller, metadataOf } from '../caller.ts'
import { rememberDevice } from '../devices/known-device.ts'
import { streams } from '../journal/streams.ts'
import type { Needs } from '../needs.ts'
import { refreshTokens } from './refresh-token.ts'
import { sealOrigin } from './seal-origin.ts'

export type Transport = 'cookie' | 'bearer'

/** Shown once. A refresh token comes with `bearer` only, the cookie of a new device with `cookie` only. */
export type IssuedSession = {
  readonly session: ActiveSession
  readonly token: string
  readonly refreshToken: string | null
  readonly deviceToken: string | null
}

export function activeSession(state: State) {
  return state.type === 'active' ? TE.right(state) : TE.left({ type: 'session_not_active' as const })
}

type GrantNeeds = Needs<'journal' | 'crypto' | 'policy'>

type Grant = {
  readonly accountId: AccountId
  /** The revision of the account that the credentials were checked against. */
  readonly accountRevision: number
  readonly factors: SessionFactor[]
  /** Whose signature began the login; none by default. */
  readonly key?: UsedKey | null
  /** `host`: neither a refresh token nor a device. */
  readonly transport: Transport | 'host'
  /** The account itself by default. */
  readonly actor?: Actor
}

/** Best effort: the next login tries again. */
const endOldest =
  ({ journal, policy }: GrantNeeds, accountId: AccountId, caller: Caller) =>
  async () => {
    for (const sessionId of journal.sessionsBeyond(accountId, policy.maxSessions)) {
      const command = { type: 'revoke' as const, because: 'too_many_sessions' as const, at: journal.now() }
      await journal.decide(streams.session(sessionId), command, metadataOf(caller, accountId))()
    }
  }

/** Best effort too: the session is granted already. */
const newDevice = (needs: GrantNeeds, accountId: AccountId, caller: Caller): TE.TaskEither<never, string | null> =>
  pipe(
    rememberDevice(needs)(accountId, caller),
    TE.orElse(() => TE.right<never, string | null>(null)),
  )

export const grantSession =
  (needs: GrantNeeds) =>
  ({ accountId, accountRevision, factors, key = null, transport, actor = accountId }: Grant, caller: Caller) => {
    const { journal, crypto } = needs
    const sessionId = journal.newId() as SessionId
    const token = crypto.tokens.make()
    const refreshToken = transport === 'bearer' ? refreshTokens(needs).first(sessionId) : null
    const hashes = { tokenHash: crypto.tokens.hash(token), refreshHash: refreshToken === null ? null : crypto.tokens.hash(refreshToken) }
    return pipe(
      sealOrigin(needs)(accountId, caller),
      TE.chainW((origin) => {
        const grant = {
          type: 'grant' as const,
          sessionId,
          accountId,
          accountRevision,
          factors,
          key,
          ...hashes,
          ...origin,
          at: journal.now(),
        }
        return journal.decideNew(streams.session(sessionId), grant, metadataOf(caller, actor))
      }),
      TE.chainW(({ state }) => activeSession(state)),
      TE.bindTo('session'),
      TE.chainFirstW(() => TE.fromTask(endOldest(needs, accountId, caller))),
      TE.bindW('deviceToken', () => (transport === 'cookie' ? newDevice(needs, accountId, caller) : TE.right<never, string | null>(null))),
      TE.map(({ session, deviceToken }): IssuedSession => ({ session, token, refreshToken, deviceToken })),
    )
  }
