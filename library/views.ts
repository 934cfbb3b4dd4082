import type * as t from 'io-ts'
import type { HostSession } from '../api/guards/host-session.ts'
import type { Device } from '../api/sessions/device.ts'
import type { ClaimValue } from '../domain/account/events.ts'

export type AccountView = {
  readonly id: string
  /** `null` for an account that began with a key and has no address, and once it is erased. */
  readonly email: string | null
  readonly emailVerified: boolean
  readonly status: 'active' | 'disabled' | 'erased'
  readonly roles: string[]
  readonly claims: Record<string, ClaimValue>
  readonly registeredAt: Date
  readonly lastLoginAt: Date | null
}

export type AccountDetailsView = AccountView & {
  /** What `registrationFields` asked for, as it was recorded. `null` if nothing was, and once the account is erased. */
  readonly profile: unknown
  /** No password is chosen yet. */
  readonly invited: boolean
  readonly lockedUntil: Date | null
  readonly codesLockedUntil: Date | null
  /** Only a recovery code is accepted. */
  readonly codeEntryEnded: boolean
  readonly secondFactor: {
    readonly enrolled: boolean
    readonly required: boolean
    readonly confirmedAt: Date | null
    readonly recoveryCodesLeft: number
  }
}

/** Who is logged in, in plain JSON. `email`: `null` for an account that began with a key and has no address. */
export type SessionView = HostSession & { readonly email: string | null; readonly emailVerified: boolean }

/** In order of registration. With a prefix a page may be short, or empty, and not be the last one, whose `next` is `null`. */
export type AccountPageView = { readonly accounts: AccountView[]; readonly next: string | null }

export type CreatedView = { readonly account: AccountView; readonly created: boolean }

/** `token` is shown once. `cookie`: the value of a `Set-Cookie` header. */
export type NewSessionView = {
  readonly session: SessionView
  readonly token: string
  readonly refreshToken: string | null
  readonly cookie: string
}

export type ListedSessionView = {
  readonly id: string
  readonly grantedAt: Date
  readonly lastSeenAt: Date
  readonly expiresAt: Date
  readonly factors: string[]
  readonly address: string | null
  readonly userAgent: string | null
  readonly device: t.TypeOf<typeof Device>
}
