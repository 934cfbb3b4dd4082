import { execFile, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isLeft } from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openGatebook } from '../../../composition/embed.ts'
import { writeBackup } from '../../../infrastructure/event-store/sqlite/backup/write-backup.ts'
import { runCommand } from '../../support/run-command.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatebook-full-'))
const place = (name: string) => join(folder, name)
const masterKey = `${'A'.repeat(43)}=`
const people = 60
/** Many runs of the command, each of a second or two. */
const timeout = 300_000

/** In kilobytes: of the backup, and of the log that a restore makes of it. */
let [before, after] = [0, 0]

const kilobytes = (file: string) => Math.ceil(statSync(file).size / 1_024)

beforeAll(async () => {
  mkdirSync(place('origin'))
  const cheap = { argon2MemoryKib: 8, argon2Time: 1 }
  const gatebook = await openGatebook({ dataDir: place('origin'), masterKey, logLevel: 'silent', ...cheap })
  for (let n = 0; n < people; n++) await gatebook.accounts.create({ email: `p${n}@example.org`, password: 'correct horse battery' })
  await gatebook.close()
  const backup = await writeBackup({ log: place('origin/gatebook.db'), file: place('backup') })
  if (isLeft(backup)) throw new Error(backup.left.detail)
  await runCommand(['restore', place('backup'), '--data-dir', place('roomy')], { MASTER_KEY: masterKey })
  ;[before, after] = [kilobytes(place('backup')), kilobytes(place('roomy/gatebook.db'))]
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Ended = { readonly code: number; readonly stderr: string }

const restoreInto = (dataDir: string, limit = 'unlimited') =>
  new Promise<Ended>((resolve) => {
    const script = `ulimit -f ${limit}; trap '' XFSZ; exec '${process.execPath}' cli/gatebook.ts restore '${place('backup')}' --data-dir '${dataDir}'`
    const env = { PATH: process.env.PATH, MASTER_KEY: masterKey }
    execFile('bash', ['-c', script], { env }, (error, _stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stderr }))
  })

/** All of it or nothing of it is there. Returns whether it is. */
const isWholeOrRefused = async (dataDir: string, { code, stderr }: Ended) => {
  if (code === 0) {
    expect(await runCommand(['check'], { DATA_DIR: dataDir })).toMatchObject({ code: 0 })
    const { stdout } = await runCommand(['replay', '--json', '--stream', 'restoration-all'], { DATA_DIR: dataDir })
    expect(JSON.parse(stdout).data).toMatchObject({ accounts: people })
    return true
  }
  expect(code).toBe(1)
  expect(stderr).toMatch(/^Nothing was restored: the disk is full( or failed)?$/m)
  expect(stderr).not.toContain('    at ')
  expect(existsSync(dataDir) ? readdirSync(dataDir).filter((name) => name.startsWith('gatebook.db')) : []).toEqual([])
  return false
}

const endsOfSessions = 'ending sessions'

test(
  'a log that may not grow to its size is not restored',
  async () => {
    const ended: Ended[] = []
    const whole: boolean[] = []
    for (const part of [-1, 0, 0.6, 3]) {
      const limit = Math.ceil(before + part * (after - before))
      ended.push(await restoreInto(place(`limit-${limit}`), String(limit)))
      whole.push(await isWholeOrRefused(place(`limit-${limit}`), ended.at(-1) as Ended))
    }
    expect(whole.at(0)).toBe(false)
    expect(whole.at(-1)).toBe(true)
    expect(ended.filter(({ code, stderr }) => code !== 0 && stderr.includes(endsOfSessions)).length).toBeGreaterThan(0)
  },
  timeout,
)

const canMount = process.env.CI === 'true' || process.getuid?.() === 0

describe.skipIf(!canMount)('on a disk of its own', () => {
  const disk = place('disk')
  const mounted = async <Done>(size: number, work: (dataDir: string) => Promise<Done>): Promise<Done> => {
    mkdirSync(disk, { recursive: true })
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}k,mode=700`, 'tmpfs', disk]).status).toBe(0)
    try {
      return await work(join(disk, 'data'))
    } finally {
      spawnSync('umount', [disk])
    }
  }

  test(
    'that is full at any moment, nothing is restored',
    async () => {
      const outcomes: Ended[] = []
      for (const part of [0.6, 1.2, 1.5, 4]) {
        const size = Math.ceil(before * part)
        outcomes.push(
          await mounted(size, async (dataDir) => {
            const ended = await restoreInto(dataDir)
            await isWholeOrRefused(dataDir, ended)
            return ended
          }),
        )
      }
      expect(outcomes.at(0)?.code).toBe(1)
      expect(outcomes.at(-1)?.code).toBe(0)
    },
    timeout,
  )
})
