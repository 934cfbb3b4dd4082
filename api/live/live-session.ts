import type { FastifyRequest } from 'fastify'
import { type Instant, instant } from '../../domain/kernel/instant.ts'
import type { SessionQueries } from '../../projections/sessions/session-queries.ts'
import { sessionOf } from '../guards/guarded-session.ts'
import type { Guard } from '../http/route.ts'
import { firstRefusal } from '../http/run-checks.ts'
import type { ProblemAnswer } from '../problems.ts'

/** `isReplaced`: the session goes on, with another token than the one of the request. */
export type Standing = { readonly until: Instant } | { readonly refused: ProblemAnswer; readonly isReplaced: boolean }

type Needs = { readonly byId: SessionQueries['byId']; readonly now: () => number }

export const standingOf =
  ({ byId, now }: Needs) =>
  (request: FastifyRequest, guards: readonly Guard[]): Standing => {
    const { sessionId } = sessionOf(request)
    const refused = firstRefusal(guards, request)
    const { idleExpiresAt, expiresAt } = sessionOf(request)
    const until = instant(Math.min(idleExpiresAt, expiresAt))
    if (refused === undefined) return { until }
    const isReplaced = refused.problem === 'SESSION_REQUIRED' && now() < until && byId(sessionId) !== undefined
    return { refused, isReplaced }
  }
