import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as setTimer } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { collectOutput } from '../../testing/output.ts'
import { bareEnvironment } from '../support/bare-environment.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const command = join(root, 'cli/gatebook.ts')

let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatebook-signals-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const run = (program: string, args: readonly string[]) => {
  const env = { ...bareEnvironment, HOME: dataDir, DATA_DIR: join(dataDir, 'data'), PORT: '0' }
  const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  return { child, ...collectOutput(child), ended: once(child, 'close').then(([code, signal]) => ({ code, signal })) }
}

const childrenOf = (pid: number) =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ')[1] === String(pid)
      } catch {
        return false
      }
    })
    .map(Number)

const firstChildOf = async ({ pid = 0 }: ChildProcess) => {
  for (;;) {
    const [child] = childrenOf(pid)
    if (child !== undefined) return child
    await setTimer(5)
  }
}

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s during the start ends it, as soon as Node runs', async (signal) => {
  for (const after of [150, 300, 450, 600]) {
    const { child, ended, output } = run(process.execPath, [command, 'serve'])
    await setTimer(after)
    child.kill(signal)
    const sent = performance.now()
    const { code, signal: by } = await ended
    expect(code === 0 || by === signal, output().stderr).toBe(true)
    expect(performance.now() - sent).toBeLessThan(15_000)
  }
})

test.each(['SIGTERM', 'SIGHUP'] as const)('%s after the start ends it in good order', async (signal) => {
  const { child, listening, ended, output } = run(process.execPath, [command, 'serve'])
  await listening
  child.kill(signal)
  expect(await ended).toEqual({ code: 0, signal: null })
  expect(output().stdout).toContain('stopped')
})

const canBePidOne = () => {
  try {
    execFileSync('unshare', ['--pid', '--fork', '--mount-proc', 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

test.skipIf(!canBePidOne())('as PID 1, a signal during the start is not lost', async () => {
  const { child, ended, output } = run('unshare', ['--pid', '--fork', '--mount-proc', '--kill-child', process.execPath, command, 'serve'])
  const server = await firstChildOf(child)
  while (!output().stdout.includes('configuration')) await setTimer(1)
  expect(output().stdout).not.toContain('listening')
  process.kill(server, 'SIGTERM')
  const outcome = await Promise.race([ended, setTimer(5_000, 'goes on')])
  if (outcome === 'goes on') process.kill(server, 'SIGKILL')
  expect(outcome).toMatchObject({ code: 0 })
})

test('SIGTERM to npm start ends the server too', async () => {
  const { child, listening, ended } = run('npm', ['start'])
  const url = await listening
  child.kill('SIGTERM')
  await ended
  const isGone = async () => (await fetch(`${url}/health/live`).catch(() => undefined)) === undefined
  for (let n = 0; n < 100 && !(await isGone()); n++) await setTimer(50)
  expect(await isGone()).toBe(true)
})
