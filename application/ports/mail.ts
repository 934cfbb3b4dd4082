import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

/** A code went nowhere. */
export type Undeliverable = { readonly type: 'undeliverable' }

export type Mail = { readonly to: string; readonly subject: string; readonly text: string }

/** Accepted for delivery; whether it arrives nobody knows. */
export type SendMail = (mail: Mail) => TaskEither<Undeliverable, void>
