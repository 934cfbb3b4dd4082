import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as setTimer } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { collectOutput, type Output } from './output.ts'
import type { TestHelpers } from './people/helpers.ts'
import { remoteHelpers } from './process/remote-helpers.ts'
import { refuseInProduction } from './refuse-in-production.ts'

export type StartOptions = {
  /** Variables of docs/configuration.md; `undefined` removes a default of the harness. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** An existing data directory, which `stop` does not remove. */
  readonly dataDir?: string
  /** Whether to wait until a cluster node (`EVENT_STORE=eventstoredb`) is ready. Default: true. */
  readonly awaitReady?: boolean
}

export type Ended = { readonly code: number | null; readonly signal: NodeJS.Signals | null }

export type GatebookServer = TestHelpers & {
  /** `http://127.0.0.1:40123`, without a trailing slash. */
  readonly baseUrl: string
  /** Creates the first administrator, once, with `POST /api/1/setup`. */
  readonly setupToken: string
  readonly dataDir: string
  readonly pid: number
  readonly output: () => Output
  readonly ended: Promise<Ended>
  /** Sends SIGTERM: requests in flight finish. Removes the data directory unless it was given. May be called again, and after `kill`. */
  readonly stop: () => Promise<Ended>
  /** Sends SIGKILL, as in a power cut. Keeps the data directory until `stop`, so that a server can be started on it again. */
  readonly kill: () => Promise<Ended>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

const defaults = {
  HOST: '127.0.0.1',
  PORT: '0',
  LOG_LEVEL: 'info',
  ARGON2_MEMORY_KIB: '8',
  ARGON2_TIME: '1',
  LOGIN_RATE_PER_MINUTE: '0',
  RATE_PER_MINUTE: '0',
}

/** The developer's own configuration must not change what is tested. */
const inherited = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'SystemRoot', 'NODE_COMPILE_CACHE']

const levelsThatLogTheUrl = new Set(['info', 'debug', 'trace'])

const entry = fileURLToPath(new URL(`./process/serve-for-tests.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url))

const environment = (dataDir: string, env: StartOptions['env']) => {
  const all = { ...Object.fromEntries(inherited.map((name) => [name, process.env[name]])), ...defaults, DATA_DIR: dataDir, ...env }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

const cleanUps = new Set<() => void>()
process.on('exit', () => {
  for (const cleanUp of cleanUps) cleanUp()
})

const whenReady = async (baseUrl: string, ended: Promise<unknown>) => {
  let hasEnded = false
  void ended.then(() => {
    hasEnded = true
  })
  while (!hasEnded) {
    const answer = await fetch(`${baseUrl}/health/ready`).catch(() => undefined)
    await answer?.body?.cancel()
    if (answer?.status === 200) return
    await setTimer(20)
  }
}

const endOf = (child: ChildProcess) =>
  new Promise<Ended>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal })).once('error', () => resolve({ code: null, signal: null })),
  )

/**
 * Starts a Gatebook server in a process of its own, on a free port and a new data directory. Rejects with its output if it ends
 * before it listens, and with `NODE_ENV=production`. It ends with the process that started it. Time goes on by itself there; `clock`
 * adds to it.
 */
export async function startGatebook({ env = {}, dataDir: given, awaitReady = true }: StartOptions = {}): Promise<GatebookServer> {
  refuseInProduction(env)
  if (!levelsThatLogTheUrl.has(env.LOG_LEVEL ?? defaults.LOG_LEVEL)) throw new Error('LOG_LEVEL: expected info, debug or trace')
  const dataDir = given ?? mkdtempSync(join(tmpdir(), 'gatebook-'))
  const remove = () => given === undefined && rmSync(dataDir, { recursive: true, force: true })
  const child = spawn(process.execPath, [entry, dataDir], {
    env: environment(dataDir, env),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // JSON would make `null` of `undefined` and of NaN.
    serialization: 'advanced',
  })
  const { output, listening } = collectOutput(child)
  const ended = endOf(child)
  const cleanUp = () => {
    child.kill('SIGKILL')
    remove()
  }
  cleanUps.add(cleanUp)
  if (given !== undefined) void ended.then(() => cleanUps.delete(cleanUp))
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    return ended
  }
  const stop = async () => {
    const how = await end('SIGTERM')
    cleanUps.delete(cleanUp)
    remove()
    return how
  }

  const baseUrl = await Promise.race([listening, ended.then(() => undefined)])
  if (baseUrl === undefined || child.pid === undefined) {
    const { code, signal } = await stop()
    const { stdout, stderr } = output()
    throw new Error(`Gatebook ended (${signal ?? code}) before it listened.\n${stderr}${stdout}`)
  }
  if (awaitReady && env.EVENT_STORE === 'eventstoredb') await whenReady(baseUrl, ended)
  return {
    ...(await remoteHelpers(child, ended)),
    baseUrl,
    setupToken: env.SETUP_TOKEN ?? readFileSync(join(dataDir, 'setup.token'), 'utf8').trim(),
    dataDir,
    pid: child.pid,
    output,
    ended,
    stop,
    kill: () => end('SIGKILL'),
    [Symbol.asyncDispose]: async () => void (await stop()),
  }
}
