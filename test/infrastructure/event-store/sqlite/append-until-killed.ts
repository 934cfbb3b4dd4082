import { openSync, writeSync } from 'node:fs'
import { isLeft } from 'fp-ts/lib/Either.js'
import { newEvents, newStream } from '../../../contract/event-store/support.ts'
import { sqliteStore } from './sqlite-for-test.ts'

/**
 * Sixteen callers append three events at a time. After each acknowledgment they write a line to the file of the second argument, which
 * outlives the process.
 */
const store = await sqliteStore(process.argv[2] ?? '')

const notes = openSync(process.argv[3] ?? '', 'a')
process.stdout.write('appending\n')

const caller = async () => {
  for (;;) {
    const stream = newStream()
    for (let revision = -1; revision < 30; revision += 3) {
      const events = newEvents(3)
      const appended = await store.append(stream, revision === -1 ? 'no_stream' : revision, events)()
      if (isLeft(appended)) throw new Error(appended.left.type)
      writeSync(notes, `${stream} ${appended.right.revision} ${appended.right.position} ${events.at(-1)?.eventId}\n`)
    }
  }
}

await Promise.all(Array.from({ length: 16 }, caller))
