import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Now } from '../../application/ports/clock.ts'

/** Milliseconds: the longest lifetime of a mailed link. */
const keptFor = 86_400_000

const ours = /^\.?(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d\.\d{3}Z)-[0-9a-f-]{36}\.eml(\.part)?$/

/** `NaN` for files that are not from the outbox. */
const writtenAt = (name: string) => Date.parse(name.replace(ours, '$1T$2:$3:$4'))

export async function sweepOutbox({ dataDir, now }: { readonly dataDir: string; readonly now: Now }) {
  const folder = join(dataDir, 'outbox')
  const names = await readdir(folder).catch(() => [])
  const old = names.filter((name) => ours.test(name) && now() - writtenAt(name) > keptFor)
  for (const name of old) await rm(join(folder, name), { force: true })
}
