import { sessionOf } from '../api/guards/guarded-session.ts'
import { requireSession } from '../api/guards/require-session.ts'
import { decideAtPosition } from '../api/http/positions.ts'
import type { ProblemAnswer } from '../api/problems.ts'
import { GatebookError } from './gatebook-error.ts'
import type { HostNeeds } from './host-needs.ts'
import { isGone, openedEmail } from './opened-email.ts'
import { type PresentedBy, presentedHeaders } from './presented-headers.ts'
import { sessionViews } from './session-view.ts'
import type { SessionView } from './views.ts'

const network = 'host'

const isNobody = (refused: ProblemAnswer | undefined) => {
  if (refused !== undefined && refused.problem !== 'SESSION_REQUIRED') throw new GatebookError(refused)
  return refused !== undefined
}

/**
 * `null` if nobody is logged in, and for a person who must still enroll a second factor. Rejects with a GatebookError where the
 * guards refuse with more than 401: `MALFORMED_REQUEST` for two different tokens, `STALE_READ_MODEL` on a node that cannot know,
 * `STORE_UNAVAILABLE`.
 */
export function currentSession(needs: HostNeeds) {
  const { accountQueries, journal, policy, sessionGuard } = needs
  const guard = requireSession(sessionGuard)
  const positions = needs.positions && { ...needs.positions, networkOf: () => network }
  const { isMet, viewOf } = sessionViews(policy.requiresSecondFactor)

  return async (from: PresentedBy): Promise<SessionView | null> => {
    const request = { headers: presentedHeaders(from) }
    const decide = () => guard(request)
    if (isNobody(await (positions === undefined ? decide() : decideAtPosition(positions, request, decide)))) return null
    const owner = accountQueries.byId(sessionOf(request).accountId)
    const email = await openedEmail(needs, owner?.email ?? null)
    if (owner === undefined || isGone(owner, email)) return null
    // The session may have ended while the address was opened.
    if (isNobody(decide())) return null
    const session = sessionOf(request)
    return isMet(session) ? viewOf(session, { ...owner, email }, journal.now()) : null
  }
}
