import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { startGatebook } from '../testing/start-gatebook.ts'
import { median } from './support/rounds.ts'

/** Milliseconds from the start of the process to the first answer of `GET /health/ready`. */
const firstAnswer = async (dataDir: string) => {
  const start = performance.now()
  const server = await startGatebook({ dataDir, env: { ARGON2_MEMORY_KIB: undefined, ARGON2_TIME: undefined } })
  const answer = await fetch(`${server.baseUrl}/health/ready`)
  const elapsed = performance.now() - start
  if (answer.status !== 200) throw new Error(`ready answered ${answer.status}`)
  await server.stop()
  return elapsed
}

/** `fresh`: a new data directory, keys generated. `again`: one that a server was stopped on before. */
export async function benchStart(rounds = 7) {
  const [fresh, again]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-start-'))
    fresh.push(await firstAnswer(dataDir))
    again.push(await firstAnswer(dataDir))
    rmSync(dataDir, { recursive: true })
  }
  return { fresh: median(fresh), again: median(again) }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { fresh, again } = await benchStart()
  console.log(`start to first answer: ${fresh.toFixed(0)} ms with a new data directory, ${again.toFixed(0)} ms with an old one`)
}
