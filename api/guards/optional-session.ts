import type { Demand } from '../../application/sessions/session-worth.ts'
import type { Guard } from '../http/route.ts'
import type { ProblemAnswer } from '../problems.ts'
import { detachAuthentication, isAuthenticated, sessionOf } from './guarded-session.ts'
import { attachSession, type PresentsHeaders, type SessionGuardNeeds } from './require-session.ts'

/** Lets anybody in. Who must still enroll a second factor is nobody here, as for the guard that requires a session. */
export function optionalSession(needs: SessionGuardNeeds, ofAnybody: Demand): Guard {
  const attach = attachSession(needs)
  const guard = (request: PresentsHeaders): ProblemAnswer | undefined => {
    const refused = attach(request)
    if (isAuthenticated(request) && !ofAnybody.isMet(sessionOf(request))) detachAuthentication(request)
    return refused
  }
  return Object.assign(guard, { problems: attach.problems })
}
