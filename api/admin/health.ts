import type { Context } from '../context.ts'
import { defineRoute } from '../http/route.ts'
import { Health } from '../shapes/health.ts'

/** Not recorded as a read: it names no person, and must be answered while the log cannot be written. */
export function healthRoute({ passiveGuards, health }: Context) {
  return defineRoute({
    method: 'GET',
    url: '/admin/health',
    tag: 'Administration',
    summary: 'Get the state of the log, the read models and the queues',
    description:
      'A value that cannot be had is `null`. `reason` is one of `/health/ready`. `lag` is in log positions: events of this server, bytes of the log of a cluster. `refold` is the last comparison of the read models with the log (REFOLD_HOURS), `null` before the first; its `differences` are `null` if it failed. It is no use of the session: a page that polls does not postpone its idle expiry.',
    guards: passiveGuards.admin,
    responses: { 200: Health },
  })(async () => ({ status: 200, body: await health() }))
}
