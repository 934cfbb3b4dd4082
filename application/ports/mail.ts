import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

/** `final`: another attempt would fail too. */
export type Undeliverable = { readonly type: 'undeliverable'; readonly final?: true }

export type Mail = { readonly to: string; readonly subject: string; readonly text: string }

/** Succeeds when the mail is accepted for delivery. */
export type SendMail = (mail: Mail) => TaskEither<Undeliverable, void>
