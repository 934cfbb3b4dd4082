import type { FastifyRequest } from 'fastify'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { AccessTokens } from '../application/access-tokens.ts'
import type { Caller } from '../application/caller.ts'
import type { Dependencies } from '../application/dependencies.ts'
import type { AccountQueries } from '../projections/account-queries.ts'
import type { AuditQueries } from '../projections/audit-queries.ts'
import type { SessionQueries } from '../projections/session-queries.ts'
import type { Guards } from './guards/guards.ts'

/** One's own check of a captcha's answer, which the caller sends along; `undefined` if there is none. */
export type Captcha = (answer: string | undefined, caller: Caller) => Promise<boolean>

/** What the routes stand on. */
export type Context = Dependencies & {
  readonly guards: Guards
  readonly callerOf: (request: FastifyRequest) => Caller
  readonly sessionQueries: SessionQueries
  readonly accountQueries: AccountQueries
  readonly auditQueries: AuditQueries
  readonly accessTokens: AccessTokens
  /** Asked before a password is looked at; true lets it pass. */
  readonly captcha: Captcha
  readonly registration: 'open' | 'closed' | 'verified'
  /** Runs behind the answer's back; a failure is counted and logged, and nobody waits for it. */
  readonly inBackground: (task: TaskEither<unknown, unknown>) => void
}
