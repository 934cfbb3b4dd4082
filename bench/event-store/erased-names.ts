import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { startTestServer } from '../../test/support/server/start-test-server.ts'

/** Bytes of the database for each guess at a name that nobody has, before and after the payloads are erased. */
const names = Number(process.env.NAMES ?? 3_000)
const guesses = Number(process.env.GUESSES ?? 1)
const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-bench-'))
const file = join(dataDir, 'gatebook.db')

/** `compact`: without the room inside pages, as in a copy. */
const sizes = () => {
  const copy = join(dataDir, 'compact.db')
  const db = new Database(file, { readonly: true })
  db.exec(`VACUUM INTO '${copy}'`)
  db.close()
  const compact = statSync(copy).size
  rmSync(copy)
  return { file: statSync(file).size, compact }
}

const daysLater = (days: number) => startTestServer({ dataDir, hooks: { wall: () => Date.now() + days * 86_400_000 } })

const run = async (days: number, work: (server: Awaited<ReturnType<typeof daysLater>>) => Promise<void>) => {
  const server = await daysLater(days)
  await work(server)
  await server.gatebook.settled()
  await server.stop()
  return sizes()
}

try {
  const empty = await run(0, async () => {})
  const guess = async ({ post }: Awaited<ReturnType<typeof daysLater>>) => {
    for (let n = 0; n < names * guesses; n++) {
      await post('/login', { email: `unknown-${n % names}@example.org`, password: 'not the password', transport: 'bearer' })
    }
  }
  const before = await run(0, guess)
  const after = await run(31, async () => {})
  const each = (now: typeof empty) => ({
    file: Math.round((now.file - empty.file) / names / guesses),
    compact: Math.round((now.compact - empty.compact) / names / guesses),
  })
  console.log(JSON.stringify({ names, guesses, before: each(before), after: each(after) }))
} finally {
  rmSync(dataDir, { recursive: true, force: true })
}
