import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openReadConnection } from '../../infrastructure/event-store/sqlite/file/connection.ts'
import { applicationIds, schema, schemaVersions } from '../../infrastructure/event-store/sqlite/file/schema.ts'
import { treeGrower } from '../../infrastructure/event-store/sqlite/proofs/tree/grow-tree.ts'
import { openProofsForWriting, proofsFile } from '../../infrastructure/event-store/sqlite/proofs/tree/proofs-file.ts'
import { fillLog } from '../read-models/replay-log.ts'
import { median, medianRatio, turnByTurn } from '../support/rounds.ts'
import { commands, policyName } from './commands.ts'
import type { Used } from './measured.ts'

const sizes = (process.env.AUDIT_EVENTS ?? '100000,1000000').split(',').map(Number)
const rounds = Number(process.env.BENCH_ROUNDS ?? 3)
/** MB. V8 lets garbage grow where there is room, so a limit shows what is in use. */
const heap = process.env.BENCH_HEAP_MB
const limits = heap === undefined ? [] : [`--max-old-space-size=${heap}`, '--max-semi-space-size=8']
const asked = process.argv.slice(2)
const chosen = commands.filter(({ name }) => asked.length === 0 || asked.includes(name))

const here = (name: string) => new URL(name, import.meta.url).pathname

const fill = (folder: string, events: number) => {
  const dataDir = join(folder, 'data')
  mkdirSync(dataDir, { mode: 0o700 })
  const file = join(dataDir, 'gatebook.db')
  const filled = new Database(file)
  filled.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; ${schema}`)
  filled.exec(`PRAGMA application_id = ${applicationIds.log}; PRAGMA user_version = ${schemaVersions.log}`)
  fillLog(filled, events)
  filled.close()
  const log = openReadConnection(file)
  const proofs = openProofsForWriting(proofsFile(dataDir))
  const { grow } = treeGrower(log, proofs)
  while (grow(Number.MAX_SAFE_INTEGER).isBehind);
  proofs.close()
  log.close()
  writeFileSync(join(folder, policyName), JSON.stringify({ loginMaxAttempts: 3, loginRatePerMinute: 10 }))
  return { file, dataDir }
}

type Turn = Used & { readonly wall: number }

/** Of a process of its own, with its start: the peak is that of the command alone. */
const measure = async (folder: string, dataDir: string, script: string, args: readonly string[]): Promise<Turn> => {
  const used = join(folder, 'used.json')
  const start = performance.now()
  const child = spawn(process.execPath, [...limits, '--import', here('measured.ts'), script, ...args], {
    env: { ...process.env, DATA_DIR: dataDir, BENCH_USED: used },
    // Read and thrown away, as by a fast reader.
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  child.stdout.resume()
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`)
  return { wall: (performance.now() - start) / 1_000, ...(JSON.parse(readFileSync(used, 'utf8')) as Used) }
}

const walls = (of: readonly Turn[]) => of.map(({ wall }) => wall)
const cpus = (of: readonly Turn[]) => of.map(({ cpu }) => cpu)
const most = (of: readonly Turn[]) => Math.round(of.reduce((peak, { resident }) => Math.max(peak, resident), 0))

console.log(
  '| events | command | events/s | MB resident at most | reading and parsing / command, by wall time and by CPU time |\n|---|---|---|---|---|',
)
for (const events of sizes) {
  const folder = mkdtempSync(join(tmpdir(), 'gatebook-bench-audit-'))
  try {
    const { file, dataDir } = fill(folder, events)
    const cli = here('../../cli/gatebook.ts')
    const contestants = Object.fromEntries(
      chosen.map(({ name, args }) => [name, () => measure(folder, dataDir, cli, args(folder))] as const),
    )
    const turns = await turnByTurn<string, Turn>(rounds, {
      read: () => measure(folder, dataDir, here('read-log.ts'), [file]),
      ...contestants,
    })
    const { read = [] } = turns
    for (const [name, of] of Object.entries(turns)) {
      const ratios = `${medianRatio(walls(read), walls(of)).toFixed(2)}, ${medianRatio(cpus(read), cpus(of)).toFixed(2)}`
      console.log(`| ${events} | ${name} | ${Math.round(events / median(walls(of)))} | ${most(of)} | ${ratios} |`)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
console.log(`load ${loadavg()[0]?.toFixed(1)}`)
