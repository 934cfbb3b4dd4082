import type { FastifyRequest } from 'fastify'
import type { Either } from 'fp-ts/lib/Either.js'
import type { Task } from 'fp-ts/lib/Task.js'
import type { Backtests } from '../application/backtest/backtest-in-slices.ts'
import type { BacktestPolicy } from '../application/backtest/open-backtest.ts'
import type { Caller } from '../application/caller.ts'
import type { ExplainedEvent } from '../application/explain/explain-event.ts'
import type { AccountMoment } from '../application/moment/account-moment.ts'
import type { Ports } from '../application/needs.ts'
import type { AccessTokens } from '../application/ports/access-tokens.ts'
import type { SealedNumbers } from '../application/ports/sealed-numbers.ts'
import type { LogProofs } from '../application/proofs/log-proofs.ts'
import type { AccountId } from '../domain/kernel/ids.ts'
import type { Instant } from '../domain/kernel/instant.ts'
import type { AccountQueries } from '../projections/accounts/account-queries.ts'
import type { ProfileQueries } from '../projections/accounts/profiles.ts'
import type { AccountHistory } from '../projections/audit/account-history.ts'
import type { AuditQueries } from '../projections/audit/audit-queries.ts'
import type { RefusedAttempts } from '../projections/audit/refused-attempts.ts'
import type { BlastRadius } from '../projections/blast-radius/blast-radius.ts'
import type { SessionQueries } from '../projections/sessions/session-queries.ts'
import type { RegistrationFields } from './accounts/profile.ts'
import type { ProofsAccess } from './audit/proofs-guards.ts'
import type { Captcha } from './captcha.ts'
import type { Guards } from './guards/guards.ts'
import type { LiveStreams } from './live/live-streams.ts'
import type { ShapeError } from './problems.ts'
import type { originCheck } from './protection/origin.ts'
import type { AnswerUseCase } from './refusals.ts'
import type { Health } from './shapes/health.ts'
import type { Policy } from './shapes/policy.ts'
import type { ServiceSettings } from './shapes/service-settings.ts'
import type { Sockets } from './sockets/sockets.ts'

export type Context = Ports & {
  readonly answer: AnswerUseCase
  readonly guards: Guards
  /** The same, for what is no use of the session. */
  readonly passiveGuards: Guards
  /** Refuses what another site made a browser send. */
  readonly checkOrigin: ReturnType<typeof originCheck>
  readonly live: LiveStreams
  readonly sockets: Sockets
  readonly callerOf: (request: FastifyRequest) => Caller
  readonly sessionQueries: SessionQueries
  readonly accountQueries: AccountQueries
  readonly profileQueries: ProfileQueries
  readonly auditQueries: AuditQueries
  readonly accountHistory: AccountHistory
  readonly refusedAttempts: (visit: { readonly accountId: AccountId; readonly grantedAt: Instant }) => RefusedAttempts | null
  /** Null for an account that was never there. */
  readonly accountAt: (account: AccountId, time: Instant) => AccountMoment | null
  /** Null if the log has no event there. */
  readonly explainEvent: (position: number) => ExplainedEvent | null
  readonly blastRadius: BlastRadius
  readonly accessTokens: AccessTokens
  readonly proofs: LogProofs
  readonly backtests: Backtests
  /** The policy in force, with what `given` changes of it. */
  readonly readBacktestPolicy: (given: object) => Either<readonly ShapeError[], BacktestPolicy>
  readonly isProofsToken: ProofsAccess['isProofsToken']
  readonly numbers: SealedNumbers
  /** Called before a stranger's password, registration or request for a mail is looked at; true lets the request pass. */
  readonly captcha: Captcha
  readonly registration: 'open' | 'closed' | 'verified'
  /** What else the host app asks for at a registration. */
  readonly registrationFields: RegistrationFields | undefined
  readonly settings: ServiceSettings
  readonly logo: { readonly mediaType: string; readonly bytes: Uint8Array; readonly etag: string } | null
  readonly health: () => Promise<Health>
  readonly policyInForce: Policy['policy']
  /** Runs in the background after the response is sent. Failures are only logged. */
  readonly inBackground: (task: Task<unknown>) => void
}
