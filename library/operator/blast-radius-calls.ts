import { endSessions } from '../../api/audit/blast-radius/end-sessions.ts'
import { radiusPage, shownRadius } from '../../api/audit/blast-radius/radius-page.ts'
import { RadiusQuery } from '../../api/audit/blast-radius/radius-shapes.ts'
import { isProblem } from '../../api/problems.ts'
import { nextCursor } from '../../api/shapes/cursor.ts'
import type { Actor } from '../../domain/kernel/ids.ts'
import type { RadiusPage } from '../../projections/blast-radius/blast-radius.ts'
import { GatebookError } from '../gatebook-error.ts'
import { hostCalls, refuseIfStale } from '../host-calls.ts'
import { readInput } from '../host-input.ts'
import type { HostNeeds } from '../host-needs.ts'

/** The page of the API, without the record of a reading: whoever holds the socket may read the file. */
export function blastRadiusCalls(needs: HostNeeds, actor: Actor) {
  const call = hostCalls(needs)
  const pageOf = (input: unknown): RadiusPage => {
    refuseIfStale(needs)
    const page = radiusPage(needs, readInput(RadiusQuery, input), (found) => found)
    if (isProblem(page)) throw new GatebookError(page)
    return page
  }
  return {
    'blastRadius.show': async (input: unknown) => shownRadius(needs, pageOf(input)),
    'blastRadius.revoke': async (input: unknown) => {
      const page = pageOf(input)
      const done = await call(endSessions(needs, page, { because: 'revoked_by_host', actor, except: null }))
      return { ...done, next: nextCursor(needs, 'radius_cursor', page.next) }
    },
  }
}
