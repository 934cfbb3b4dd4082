import * as t from 'io-ts'
import { described, ipAddress, text, uuid } from '../api/codecs/primitives.ts'
import { strictObject } from '../api/codecs/strict-object.ts'
import { listedSessions } from '../api/sessions/list-sessions.ts'
import { Code } from '../api/shapes/second-factor.ts'
import { cookieFor } from '../api/shapes/session.ts'
import { grantByHost } from '../application/sessions/grant-by-host.ts'
import { revokeAllSessions, revokeByHost } from '../application/sessions/revoke-session.ts'
import { type AccountId, SessionId } from '../domain/kernel/ids.ts'
import { GatebookError } from './gatebook-error.ts'
import { hostCalls, refuseIfStale, standing } from './host-calls.ts'
import { type ActorOption, accountIdOf, actorOf, readInput } from './host-input.ts'
import type { HostNeeds } from './host-needs.ts'
import type { NewSessionInput } from './inputs.ts'
import { isGone, openedEmail } from './opened-email.ts'
import { sessionViews } from './session-view.ts'
import type { ListedSessionView, NewSessionView } from './views.ts'

const factors = described(
  t.refinement(t.array(t.keyof({ pwd: null, host: null })), (list) => list.length > 0 && new Set(list).size === list.length),
  'pwd, host or both: a second factor is proved by `code`',
  {},
)

const NewSession = strictObject(
  { accountId: t.string },
  { factors, code: Code, refreshable: t.boolean, address: ipAddress, userAgent: text(1, 1_024) },
)

const revocations = { host: 'revoked_by_host', owner: 'revoked_by_owner', administrator: 'revoked_by_admin' } as const
const revocationsOfAll = { ...revocations, owner: 'logged_out_everywhere' } as const

export function hostSessions(needs: HostNeeds) {
  const call = hostCalls(needs)
  const { isMet, viewOf } = sessionViews(needs.policy.requiresSecondFactor)
  const isUseless = (proved: readonly string[]) =>
    !isMet({ roles: new Set(), claims: new Map(), factors: proved, elevatedUntil: null, elevatedBy: null })

  const viewed = async (sessionId: SessionId) => {
    const session = needs.sessionQueries.byId(sessionId)
    const owner = session && needs.accountQueries.byId(session.accountId)
    const email = await openedEmail(needs, owner?.email ?? null)
    if (session === undefined || owner === undefined || isGone(owner, email)) throw new GatebookError({ problem: 'STALE_READ_MODEL' })
    return viewOf(session, { ...owner, email }, needs.journal.now())
  }

  return {
    /** For logins of your own. `NOT_FOUND` if the account is not active, `ENROLLMENT_REQUIRED` if nobody may be without a second factor. */
    create: async ({ actor, ...input }: NewSessionInput): Promise<NewSessionView> => {
      const by = actorOf({ actor })
      const { accountId, factors = ['host'], code = null, refreshable = false, ...origin } = readInput(NewSession, input)
      const granted = { accountId: accountIdOf(accountId), factors, code, isRefreshable: refreshable, actor: by }
      if (code === null && isUseless(factors)) throw new GatebookError({ problem: 'ENROLLMENT_REQUIRED' })
      const issued = await call((caller) => grantByHost(needs)(granted, caller), origin)
      const { token, refreshToken } = issued
      return { session: await viewed(issued.session.sessionId), token, refreshToken, cookie: cookieFor(issued, needs.journal.now()) }
    },

    /** Active ones, newest first. A page may be short, or empty, and not be the last one, whose `next` is `null`. */
    list: async (accountId: string, { cursor }: { readonly cursor?: string | undefined } = {}) => {
      const owner = accountIdOf(accountId)
      const before = readInput(strictObject({}, { cursor: uuid(SessionId) }), { cursor })
      refuseIfStale(needs)
      const { sessions, next } = await listedSessions(needs, { accountId: owner, ...before }, null)
      return {
        sessions: sessions.map(({ current: _, grantedAt, lastSeenAt, expiresAt, ...session }): ListedSessionView => {
          const times = { grantedAt: new Date(grantedAt), lastSeenAt: new Date(lastSeenAt), expiresAt: new Date(expiresAt) }
          return { ...session, ...times }
        }),
        next: next as string | null,
      }
    },

    /** `NOT_FOUND` for an id that no session ever had. */
    revoke: async (sessionId: string, options: ActorOption = {}): Promise<void> => {
      const actor = actorOf(options)
      if (!SessionId.is(sessionId)) throw new GatebookError({ problem: 'NOT_FOUND' })
      const because = (accountId: AccountId) => revocations[standing(actor, accountId)]
      await call((caller) => revokeByHost(needs)({ sessionId, actor, because }, caller))
    },

    /** However many there are, and whatever a login that is in progress would begin. */
    revokeAll: async (accountId: string, options: ActorOption = {}): Promise<void> => {
      const revoked = { accountId: accountIdOf(accountId), actor: actorOf(options) }
      const because = revocationsOfAll[standing(revoked.actor, revoked.accountId)]
      await call((caller) => revokeAllSessions(needs)({ ...revoked, because }, caller))
    },
  }
}
