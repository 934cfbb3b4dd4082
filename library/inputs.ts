import type { MailLanguage } from '../application/notifications/texts/mail-texts.ts'
import type { ClaimValue } from '../domain/account/events.ts'
import type { ActorOption } from './host-input.ts'

/** `cursor`: `next` of the page before. `prefix`: what the address begins with. */
export type AccountSearch = { readonly prefix?: string | undefined; readonly cursor?: string | undefined }

type Chosen = ActorOption & {
  readonly email: string
  readonly roles?: readonly string[] | undefined
  readonly claims?: Readonly<Record<string, ClaimValue>> | undefined
  /** What `registrationFields` asks for. Left out: nothing is recorded, and nothing is asked. */
  readonly profile?: unknown
  /** Of the mails to the person. */
  readonly language?: MailLanguage | undefined
  /** `keep`: an account that has the address is answered, as it is. */
  readonly ifExists?: 'refuse' | 'keep' | undefined
}

/**
 * `emailVerified`: whether you vouch for the mailbox. `mustChangePassword`: whether the first login must replace the password. Both are
 * false if they are left out.
 */
export type NewAccountInput = Chosen & {
  readonly password: string
  readonly emailVerified?: boolean | undefined
  readonly mustChangePassword?: boolean | undefined
}
export type InvitationInput = Chosen

export type NewSessionInput = ActorOption & {
  readonly accountId: string
  /** What you checked: `pwd` for the password, `host` (by default) for whatever else. Neither is a second factor. */
  readonly factors?: readonly ('pwd' | 'host')[] | undefined
  /** A code of the account's second factor. It is checked and counted as at a login, and then the session has `otp`. */
  readonly code?: string | undefined
  /** Whether a refresh token comes with it. */
  readonly refreshable?: boolean | undefined
  /** Of the person's request, for the list of sessions. */
  readonly address?: string | undefined
  readonly userAgent?: string | undefined
}
