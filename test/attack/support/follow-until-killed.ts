import { openSync, writeSync } from 'node:fs'
import type { PublicEventType } from 'gatebook'
import { publicEventTypes } from '../../../application/following/public-event.ts'
import { openApp } from '../../api/following/following-app.ts'
import { person } from '../../support/server/client.ts'

/**
 * An app with log-ins of its own and a handler that follows them. The handler writes a line for each event to the file of the second
 * argument, which outlives the process. The third argument tells one process from the next.
 */
const [dataDir = '', notesFile = '', name = ''] = process.argv.slice(2)
const notes = openSync(notesFile, 'a')

const { gatebook, register, logIn, post } = await openApp({}, dataDir)

gatebook.on(
  [...publicEventTypes] as PublicEventType[],
  async ({ id }) => {
    if (Number.parseInt(id.at(-1) ?? '0', 16) < 4) await new Promise((resolve) => setTimeout(resolve, 1))
    writeSync(notes, `${name} ${id}\n`)
  },
  { name: 'follower', from: 'beginning' },
)
process.stdout.write('following\n')

const worker = async (number: number) => {
  for (let n = 0; ; n++) {
    const email = `${name}-${number}-${n}@example.org`
    await register({ email })
    const { token } = await logIn({ email })
    await post('/login', { ...person, email, password: 'not the password', transport: 'bearer' })
    await post('/logout', undefined, token)
  }
}
await Promise.all([1, 2, 3, 4].map(worker))
