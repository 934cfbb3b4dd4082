import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { NewId, Now } from '../../application/ports/clock.ts'
import type { SendMail } from '../../application/ports/mail.ts'
import { writeWholeFile } from '../files/durable-file.ts'
import { type DeliveryFailure, delivery, refusedLetter } from './delivery.ts'
import { transportOptions } from './transport-options.ts'

export type Outbox = {
  readonly dataDir: string
  readonly from: string
  readonly now: Now
  readonly newId: NewId
  readonly onFailure: (failure: DeliveryFailure) => void
}

/** For development without a mail server. The files hold addresses, links and codes in plain text; `sweepOutbox` deletes them. */
export function outbox({ dataDir, from, now, newId, onFailure }: Outbox): SendMail {
  const folder = join(dataDir, 'outbox')
  const compiler = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  return delivery(async (mail) => {
    const letter = transportOptions(from, mail)
    if (letter === null) throw refusedLetter()
    const at = new Date(now())
    const { message } = await compiler.sendMail({ ...letter, date: at })
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await writeWholeFile(join(folder, `${at.toISOString().replaceAll(':', '-')}-${newId()}.eml`), message as Buffer)
  }, onFailure)
}
