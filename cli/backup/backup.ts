import { resolve } from 'node:path'
import { isLeft } from 'fp-ts/lib/Either.js'
import { logFile } from '../../infrastructure/data-dir/open-data-dir-log.ts'
import { writeBackup } from '../../infrastructure/event-store/sqlite/backup/write-backup.ts'
import { partOfConfiguration } from '../configuration.ts'
import { stopWith } from '../fail.ts'
import { exits } from '../operator/exit-codes.ts'
import { progressOn } from '../progress.ts'

const megabytes = (bytes: number) => Math.round(bytes / 1_048_576)

const reminder = `Keep the master key in another place: it is not in the backup, and nothing can be decrypted without it.
The setup token, queued mails and the cursors of event handlers are not in it either.`

export async function backup(name: string, { json = false }: { readonly json?: boolean }) {
  const { DATA_DIR: dataDir, EVENT_STORE } = partOfConfiguration('DATA_DIR', 'EVENT_STORE')
  if (EVENT_STORE !== 'sqlite')
    stopWith(exits.wrongArguments, 'EVENT_STORE: expected sqlite. Back up EventStoreDB with its own tools: the log is there')
  const file = resolve(name)
  const display = progressOn(process.stderr, 'backup', 'MB')
  const start = performance.now()
  const written = await writeBackup({
    log: logFile(dataDir),
    file,
    onProgress: (done, total) => display.update(megabytes(done), megabytes(total)),
    onCopied: () => {
      display.stop()
      console.error('backup: copied, now verifying')
    },
  })
  display.stop()
  if (isLeft(written)) return stopWith(written.left.type === 'exists' ? exits.refused : exits.failed, written.left.detail)
  const { events, position, recordedAt, bytes } = written.right
  const seconds = Number(((performance.now() - start) / 1_000).toFixed(1))
  if (json) return console.log(JSON.stringify({ file, events, position, recordedAt, bytes, seconds }))
  console.log(`${file} holds ${events} events up to position ${position}, ${megabytes(bytes)} MB, verified, in ${seconds} s.\n${reminder}`)
}
