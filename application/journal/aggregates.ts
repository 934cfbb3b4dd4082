import { account } from '../../domain/account/decider.ts'
import { accountEvents } from '../../domain/account/events.ts'
import { administrators } from '../../domain/administrators/decider.ts'
import { administratorsEvents } from '../../domain/administrators/events.ts'
import { emailClaim } from '../../domain/email-claim/decider.ts'
import { emailClaimEvents } from '../../domain/email-claim/events.ts'
import { eventReader } from '../../domain/kernel/reader.ts'
import { login } from '../../domain/login/decider.ts'
import { loginEvents } from '../../domain/login/events.ts'
import type { LockoutPolicy } from '../../domain/login/lockout-policy.ts'
import type { CodePolicy } from '../../domain/second-factor/code-policy.ts'
import { secondFactor } from '../../domain/second-factor/decider.ts'
import { secondFactorEvents } from '../../domain/second-factor/events.ts'
import { session } from '../../domain/session/decider.ts'
import { sessionEvents } from '../../domain/session/events.ts'
import type { SessionPolicy } from '../../domain/session/session-policy.ts'
import { upcasters } from '../../domain/upcasters.ts'

export type Policies = { readonly lockout: LockoutPolicy; readonly codes: CodePolicy; readonly session: SessionPolicy }

/** Every decider with its policy and the reader of its events. */
export function aggregates(policies: Policies) {
  return {
    account: { decider: account, reader: eventReader(accountEvents, upcasters) },
    emailClaim: { decider: emailClaim, reader: eventReader(emailClaimEvents, upcasters) },
    login: { decider: login(policies.lockout), reader: eventReader(loginEvents, upcasters) },
    administrators: { decider: administrators, reader: eventReader(administratorsEvents, upcasters) },
    secondFactor: { decider: secondFactor(policies.codes), reader: eventReader(secondFactorEvents, upcasters) },
    session: { decider: session(policies.session), reader: eventReader(sessionEvents, upcasters) },
  }
}

export type Aggregates = ReturnType<typeof aggregates>
