import { writeSync } from 'node:fs'
import { isLeft } from 'fp-ts/lib/Either.js'
import { newEvents, newStream } from '../../contract/event-store/support.ts'
import { sqliteStore } from './sqlite-for-test.ts'

/** Sixteen callers append three events at a time and say so, a line each, when and only when they were told so. */
const store = await sqliteStore(process.argv[2] ?? '')

const caller = async () => {
  for (;;) {
    const stream = newStream()
    for (let revision = -1; revision < 30; revision += 3) {
      const events = newEvents(3)
      const appended = await store.append(stream, revision === -1 ? 'no_stream' : revision, events)()
      if (isLeft(appended)) throw new Error(appended.left.is)
      writeSync(1, `${stream} ${appended.right.revision} ${appended.right.position} ${events.at(-1)?.eventId}\n`)
    }
  }
}

await Promise.all(Array.from({ length: 16 }, caller))
