import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

export type Undeliverable = { readonly type: 'undeliverable' }

export type Mail = { readonly to: string; readonly subject: string; readonly text: string }

/** Succeeds when the mail is accepted for delivery. */
export type SendMail = (mail: Mail) => TaskEither<Undeliverable, void>
