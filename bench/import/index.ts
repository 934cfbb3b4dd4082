import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import Fastify from 'fastify'
import { openGatebook } from '../../composition/embed.ts'
import type { ImportFormat } from '../../infrastructure/importing/import-formats.ts'
import { openImportSource } from '../../infrastructure/importing/open-import-source.ts'
import { betterAuthDatabase, keycloakExport, ndjsonExport, password } from './exports.ts'

const people = Number(process.env.IMPORT_PEOPLE ?? 100_000)
const formats = (process.env.IMPORT_FORMATS ?? 'keycloak,better-auth,ndjson').split(',') as ImportFormat[]
const options = (process.env.IMPORT_OPTIONS ?? '').split(' ').filter((option) => option !== '')
const command = new URL('../../cli/gatebook.ts', import.meta.url).pathname

const makers: Partial<Record<ImportFormat, (file: string, people: number) => Promise<void>>> = {
  keycloak: keycloakExport,
  'better-auth': betterAuthDatabase,
  ndjson: ndjsonExport,
}

/** The same file, read and mapped and thrown away. */
const readOnly = async (format: ImportFormat, file: string) => {
  const start = performance.now()
  const source = openImportSource({ format, file, hashConfig: null })
  if (source === null) throw new Error(`no file of ${format}`)
  let count = 0
  for await (const _ of source.records) count += 1
  return count / ((performance.now() - start) / 1_000)
}

/** MiB, at most, as the kernel counts it. */
const peakOf = (pid: number) => {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024
  } catch {
    return 0
  }
}

const importing = async (format: ImportFormat, file: string, dataDir: string) => {
  const child = spawn(process.execPath, [command, 'import', '--from', format, '--json', ...options, file], {
    env: { PATH: process.env.PATH, DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let peak = 0
  const watching = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid ?? 0))
  }, 100)
  const said = text(child.stdout)
  await once(child, 'close')
  clearInterval(watching)
  return { peak: Math.round(peak), ...(JSON.parse(await said) as { readonly created: number; readonly seconds: number }) }
}

const logsIn = async (dataDir: string) => {
  const gatebook = await openGatebook({ dataDir, logLevel: 'silent' })
  const app = Fastify()
  await app.register(gatebook.plugin)
  const credentials = { email: `person${people - 1}@example.org`, password, transport: 'bearer' }
  const statuses: number[] = []
  for (const payload of [{ ...credentials, password: 'not this one' }, credentials, credentials]) {
    statuses.push((await app.inject({ method: 'POST', url: '/api/1/login', payload })).statusCode)
  }
  await app.close()
  return statuses
}

for (const format of formats) {
  const folder = mkdtempSync(join(tmpdir(), 'gatebook-import-bench-'))
  try {
    const file = join(folder, `export-of-${format}`)
    await makers[format]?.(file, people)
    const load = loadavg()[0]
    const reading = await readOnly(format, file)
    const { created, seconds, peak } = await importing(format, file, join(folder, 'data'))
    const rate = created / seconds
    const logIns = options.includes('--dry-run') ? [] : await logsIn(join(folder, 'data'))
    const megabytes = Math.round(statSync(file).size / 1_048_576)
    const figure = {
      format,
      load,
      megabytes,
      created,
      seconds,
      rate: Math.round(rate),
      reading: Math.round(reading),
      ratio: rate / reading,
      peak,
      logIns,
    }
    process.stdout.write(`${JSON.stringify(figure)}\n`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
