import { askedRequest } from '../../api/guards/asked-request.ts'
import { sessionOf } from '../../api/guards/guarded-session.ts'
import { decideAtPosition } from '../../api/http/positions.ts'
import { firstRefusal } from '../../api/http/run-checks.ts'
import type { ProblemAnswer } from '../../api/problems.ts'
import { GatebookError } from '../gatebook-error.ts'
import type { HostNeeds } from '../host-needs.ts'
import { isGone, openedEmail } from '../opened-email.ts'
import { type PresentedRequest, presentedRequest } from '../presented-headers.ts'
import { sessionViews } from '../session-view.ts'
import type { SessionView } from '../views.ts'
import { type Requirement, readRequirement } from './requirement.ts'

const network = 'host'

/**
 * Who is logged in, if the guards would let them in. Otherwise rejects with a GatebookError: `SESSION_REQUIRED`, `ROLE_REQUIRED`,
 * `CLAIM_REQUIRED`, `ELEVATION_REQUIRED`, `ENROLLMENT_REQUIRED`, `ORIGIN_REJECTED` for a forged request, or what `session` rejects with.
 */
export function requiredSession(needs: HostNeeds) {
  const { accountQueries, checkOrigin, guards, journal, policy } = needs
  const positions = needs.positions && { ...needs.positions, networkOf: () => network }
  const { viewOf } = sessionViews(policy.requiresSecondFactor)

  return async (from: PresentedRequest, requirement: Requirement = {}): Promise<SessionView> => {
    const demanded = guards.every(readRequirement(requirement))
    const request = askedRequest(presentedRequest(from))
    const decide = () => firstRefusal(demanded, request)
    const refuse = (refused: ProblemAnswer | undefined) => {
      if (refused === undefined) return
      refused.onSent?.(request)
      throw new GatebookError(refused)
    }
    refuse(checkOrigin(request))
    refuse(await (positions === undefined ? decide() : decideAtPosition(positions, request, decide)))
    const owner = accountQueries.byId(sessionOf(request).accountId)
    const email = await openedEmail(needs, owner?.email ?? null)
    // The session may have ended while the address was opened.
    refuse(decide())
    if (owner === undefined || isGone(owner, email)) throw new GatebookError({ problem: 'SESSION_REQUIRED' })
    return viewOf(sessionOf(request), { ...owner, email }, journal.now())
  }
}
