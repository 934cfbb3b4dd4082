import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

/** `final`: another attempt would fail too. */
export type Undeliverable = { readonly type: 'undeliverable'; readonly final?: true }

/** `html` is shown in place of `text` by programs that can. */
export type Mail = { readonly to: string; readonly subject: string; readonly text: string; readonly html?: string }

/** Succeeds when the mail is accepted for delivery. */
export type SendMail = (mail: Mail) => TaskEither<Undeliverable, void>

/** Whose share of the places in line a mail takes: the network that asked for it, or the account that it is about. */
export type MailShare = { readonly network: string } | { readonly account: string }

export type QueueMail = (mail: Mail, share: MailShare) => TaskEither<Undeliverable, void>
