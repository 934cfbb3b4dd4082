import fc from 'fast-check'
import { AccountRegistered } from '../../../domain/account/events.ts'
import { accountStream, sessionStream } from '../../../domain/kernel/streams.ts'
import { SessionGranted } from '../../../domain/session/events.ts'
import { accountId, blindIndex, sealed, sessionId } from '../../support/domain/ids.ts'
import { later } from '../../support/domain/time.ts'
import type { Line } from './embedded-log.ts'
import { absolute, idle, networkOf, type Scene, sceneEvents, token } from './scene-events.ts'

type SceneEvent = keyof ReturnType<typeof sceneEvents> | 'grant'

const anyScene: Scene = { account: 0, session: 0, back: 0, at: later(0), fresh: 0 }
const verbs = [...(Object.keys(sceneEvents(anyScene)) as SceneEvent[]), 'grant' as const]
const often: readonly SceneEvent[] = ['grant', 'extended', 'rotated', 'elevated', 'replacedKeeping', 'othersEndedKeeping', 'everySession']

export type Step = {
  readonly verb: SceneEvent
  readonly account: number
  readonly session: number
  readonly back: number
  readonly wait: number
}

const anyStep: fc.Arbitrary<Step> = fc.record({
  verb: fc.oneof(fc.constantFrom(...verbs), fc.constantFrom(...often)),
  account: fc.integer({ min: 1, max: 3 }),
  session: fc.nat({ max: 9 }),
  back: fc.nat({ max: 2 }),
  wait: fc.constantFrom(0, 1_000, 15_000),
})

const registration = (account: number): Line => {
  const emailIndex = blindIndex(account)
  const event = AccountRegistered({
    accountId: accountId(account),
    emailIndex,
    email: sealed('e'),
    passwordHash: sealed('p'),
    emailVerified: false,
    at: later(0),
  })
  return { stream: accountStream(accountId(account)), event }
}

const grant = ({ account, session, back, at, fresh }: Scene, revision: number): Line => {
  const userAgent = session % 2 === 0 ? null : sealed('agent')
  const sealedOrigin = { ipAddress: sealed('address'), networkIndex: networkOf(session), userAgent }
  const bound = { sessionId: sessionId(session), accountId: accountId(account), accountRevision: Math.max(revision - back, 0) }
  const times = { at, idleExpiresAt: later(at - later(0) + idle), expiresAt: later(at - later(0) + absolute) }
  const event = SessionGranted({
    ...bound,
    tokenHash: token(fresh),
    refreshToken: null,
    factors: ['pwd'],
    key: null,
    ...sealedOrigin,
    ...times,
  })
  return { stream: sessionStream(sessionId(session)), event }
}

/**
 * The log lines of the steps. Accounts 1 to 3 are registered first. A grant is for a new session, and may be bound to an older revision of
 * the account, like a login that was slower than a revocation.
 */
export const linesOf = (steps: readonly Step[]): Line[] => {
  const lines = [1, 2, 3].map(registration)
  let now = 0
  let sessions = 0
  for (const [index, { verb, account, session, back, wait }] of steps.entries()) {
    now += wait
    const scene: Scene = { account, session: session % Math.max(sessions, 1), back, at: later(now), fresh: 100 + index }
    if (verb === 'grant') {
      const revision = lines.filter(({ stream }) => stream === accountStream(accountId(account))).length - 1
      lines.push(grant({ ...scene, session: sessions++ }, revision))
    } else lines.push({ ...sceneEvents(scene)[verb](), actor: index % 2 === 0 ? accountId(account) : 'system' })
  }
  return lines
}

export const anyHistory = fc.array(anyStep, { minLength: 5, maxLength: 60 }).map(linesOf)
