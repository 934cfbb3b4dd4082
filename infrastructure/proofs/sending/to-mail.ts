import { isLeft } from 'fp-ts/lib/Either.js'
import type { QueueMail } from '../../../application/ports/mail.ts'
import type { Send } from './target.ts'

const textOf = (note: string, vkey: string) => `A checkpoint of the log of Gatebook.
Keep this mail: gatebook verify --checkpoint compares the log with what follows the line.

Verifier key, to compare with the one that you noted:
${vkey}

----------
${note}`

export function toMail(to: string, send: QueueMail): Send {
  return async ({ size, note, vkey }) => {
    const sent = await send({ to, subject: `Checkpoint of ${size} events`, text: textOf(note, vkey) }, { network: 'checkpoints' })()
    return isLeft(sent) ? 'the mail was not accepted' : null
  }
}
