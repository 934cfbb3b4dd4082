import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { NewId, Now } from '../../application/ports/clock.ts'
import type { SendMail } from '../../application/ports/mail.ts'
import { type DeliveryFailure, delivery, refusedLetter } from './delivery.ts'
import { transportOptions } from './transport-options.ts'

export type Outbox = {
  readonly dataDir: string
  /** `name@host` or `Name <name@host>` */
  readonly from: string
  readonly now: Now
  readonly newId: NewId
  readonly onFailure: (failure: DeliveryFailure) => void
}

const flushFolder = async (path: string) => {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** The file appears whole, on disk, and readable by its owner only, or not at all. */
const writeWhole = async (folder: string, name: string, content: Uint8Array) => {
  const aside = join(folder, `.${name}.part`)
  try {
    const file = await open(aside, 'wx', 0o600)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(aside, join(folder, name))
    await flushFolder(folder)
  } catch (error) {
    await rm(aside, { force: true })
    throw error
  }
}

/**
 * Mails as files, `outbox/<time>-<id>.eml` in the data directory (folder 0700, files 0600), for whoever develops or fetches them from there. They hold
 * addresses, links and codes in the clear, and go after a day (`sweepOutbox`): who sends real mail configures SMTP.
 */
export function outbox({ dataDir, from, now, newId, onFailure }: Outbox): SendMail {
  const folder = join(dataDir, 'outbox')
  const compiler = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  return delivery(async (mail) => {
    const letter = transportOptions(from, mail)
    if (letter === null) throw refusedLetter()
    const at = new Date(now())
    const { message } = await compiler.sendMail({ ...letter, date: at })
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await writeWhole(folder, `${at.toISOString().replaceAll(':', '-')}-${newId()}.eml`, message as Buffer)
  }, onFailure)
}
