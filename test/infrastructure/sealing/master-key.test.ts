import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRight, left, right } from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadMasterKey, othersMayReadKey } from '../../../infrastructure/sealing/keys/master-key.ts'
import { sealingFailureText } from '../../../infrastructure/sealing/sealing-failure-text.ts'

const key = Buffer.alloc(32, 7)
const base64 = key.toString('base64')

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatebook-master-key-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const keyFile = () => join(dataDir, 'master.key')
const writeKey = (text: string, mode = 0o600) => {
  writeFileSync(keyFile(), text)
  chmodSync(keyFile(), mode)
}
const old = () => ({ dataDir, logIsNew: false })
const fresh = () => ({ dataDir, logIsNew: true })

describe('the master key', () => {
  test('comes from MASTER_KEY', () => expect(loadMasterKey({ ...old(), MASTER_KEY: base64 })).toEqual(right(key)))

  const short = Buffer.alloc(31, 7).toString('base64')
  const long = Buffer.alloc(33, 7).toString('base64')
  test.each(['', 'x', short, long, base64.slice(0, -1), ` ${base64}`, `${base64}\n`, base64.replace('c=', 'd='), key.toString('hex')])(
    'in MASTER_KEY is 32 bytes in canonical base64, not %j',
    (MASTER_KEY) => {
      expect(MASTER_KEY).not.toBe(base64)
      expect(loadMasterKey({ ...old(), MASTER_KEY })).toEqual(left({ type: 'malformed_master_key', variable: 'MASTER_KEY' }))
    },
  )

  test('is not taken from two places', () =>
    expect(loadMasterKey({ ...old(), MASTER_KEY: base64, MASTER_KEY_FILE: keyFile() })).toEqual(left({ type: 'two_master_keys' })))

  test.each([base64, `${base64}\n`, `${base64}\r\n`])('comes from the file that MASTER_KEY_FILE names', (text) => {
    writeKey(text)
    expect(loadMasterKey({ ...old(), MASTER_KEY_FILE: keyFile() })).toEqual(right(key))
  })

  test.each([0o620, 0o602, 0o660, 0o646])('is refused from a file that others can write (%o)', (mode) => {
    writeKey(base64, mode)
    for (const sources of [{ ...old(), MASTER_KEY_FILE: keyFile() }, old()]) {
      const variable = 'MASTER_KEY_FILE' in sources ? ('MASTER_KEY_FILE' as const) : ('DATA_DIR' as const)
      const refused = { type: 'master_key_writable_by_others' as const, variable }
      expect(loadMasterKey(sources)).toEqual(left(refused))
      expect(sealingFailureText(refused)).toContain(variable)
    }
  })

  test.each([0o444, 0o440, 0o640, 0o644])('is taken from a mounted secret that others can read (%o), which is told', (mode) => {
    writeKey(base64, mode)
    expect(loadMasterKey({ ...old(), MASTER_KEY_FILE: keyFile() })).toEqual(right(key))
    expect(othersMayReadKey(keyFile())).toBe(true)
    const refused = { type: 'master_key_readable_by_others' as const, variable: 'DATA_DIR' as const }
    expect(loadMasterKey(old())).toEqual(left(refused))
  })

  test.each([0o400, 0o600])('of its owner only (%o) leads to no warning', (mode) => {
    writeKey(base64, mode)
    expect(othersMayReadKey(keyFile())).toBe(false)
  })

  test.each(['', 'x'.repeat(44), base64.repeat(2), 'x'.repeat(5_000)])('is refused from a file that holds something else', (text) => {
    writeKey(text)
    for (const sources of [old(), fresh()]) {
      expect(loadMasterKey(sources)).toEqual(left({ type: 'malformed_master_key', variable: 'DATA_DIR' }))
    }
    expect(readFileSync(keyFile(), 'utf8')).toBe(text)
  })

  test('is refused when its place is no file', () => {
    mkdirSync(keyFile(), { mode: 0o700 })
    expect(loadMasterKey(fresh())).toEqual(left({ type: 'master_key_unreadable', variable: 'DATA_DIR' }))
  })

  test('is made for a new log, readable by its owner only, and found again', () => {
    const made = loadMasterKey(fresh())
    expect(isRight(made) && made.right.length).toBe(32)
    expect(loadMasterKey(fresh())).toEqual(made)
    expect(loadMasterKey(old())).toEqual(made)
    expect(statSync(keyFile()).mode & 0o777).toBe(0o600)
    expect(readdirSync(dataDir)).toEqual(['master.key'])
  })

  test('is another one in each folder', () => {
    const one = loadMasterKey(fresh())
    rmSync(keyFile())
    expect(loadMasterKey(fresh())).not.toEqual(one)
  })

  test('is never made beside a log that has events, nor where a named file is missing', () => {
    expect(loadMasterKey(old())).toEqual(left({ type: 'master_key_missing', variable: 'DATA_DIR' }))
    expect(loadMasterKey({ ...fresh(), MASTER_KEY_FILE: keyFile() })).toEqual(
      left({ type: 'master_key_missing', variable: 'MASTER_KEY_FILE' }),
    )
    expect(readdirSync(dataDir)).toEqual([])
  })

  test('that cannot be written is a refusal', () => {
    const gone = join(dataDir, 'not-there')
    expect(loadMasterKey({ dataDir: gone, logIsNew: true })).toEqual(left({ type: 'master_key_unwritable', variable: 'DATA_DIR' }))
  })
})
