import type { ClaimValue } from '../../domain/account/events.ts'
import type { TestMail } from './mailbox.ts'
import type { TestClock } from './test-clock.ts'

export type NewTestUser = {
  /** A new address if it is left out. */
  readonly email?: string
  readonly password?: string
  /** `admin` makes an administrator, also before the setup. */
  readonly roles?: readonly string[]
  readonly claims?: Readonly<Record<string, ClaimValue>>
  /** Whether an authenticator app is enrolled. */
  readonly secondFactor?: boolean
}

export type TestUser = {
  readonly id: string
  readonly email: string
  readonly password: string
  /** `secret` is base32, `uri` what an app scans. */
  readonly secondFactor: { readonly secret: string; readonly uri: string; readonly recoveryCodes: readonly string[] } | null
}

export type LoginOptions = {
  /** Whether the password or code is confirmed again, as sensitive actions ask for it. */
  readonly elevated?: boolean
  /** A token for the `Authorization` header instead of a cookie. */
  readonly bearer?: boolean
}

export type TestLogin = {
  /** For `app.inject` or `fetch`: with the cookie also the `Origin` that unsafe methods need. */
  readonly headers: Readonly<Record<string, string>>
  /** `__Host-gatebook=…`, `null` with `bearer`. */
  readonly cookie: string | null
  readonly token: string
  /** With `bearer` only. */
  readonly refreshToken: string | null
  readonly sessionId: string
}

export type TestHelpers = {
  /** With a password, a proven address and what is asked for. Leaves no mail behind. */
  readonly createUser: (user?: NewTestUser) => Promise<TestUser>
  /** Logs in by the rules of a login: with password and code. */
  readonly login: (user: TestUser, options?: LoginOptions) => Promise<TestLogin>
  /** A code that was not used yet. If the one of this time step was given already, the clock goes on to the next step. */
  readonly totp: (user: TestUser) => Promise<string>
  /** Oldest first, once all that is under way has arrived. `to`: only of this address. */
  readonly mails: (to?: string) => Promise<readonly TestMail[]>
  readonly clock: TestClock
}
