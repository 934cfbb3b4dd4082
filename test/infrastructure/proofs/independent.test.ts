import { execFile } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { consistencyProof, inclusionProof } from '../../../domain/proofs/proofs.ts'
import { checkpointText } from '../../../infrastructure/proofs/notes/checkpoint.ts'
import { signNote, verifierKey } from '../../../infrastructure/proofs/notes/signed-note.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { provedLog } from './proved-log.ts'

/** Debian's `golang-go` and `golang-golang-x-mod-dev`. Without them this is skipped; if `CI` is set, it fails. */
const sources = '/usr/share/gocode'
const isThere = existsSync(join(sources, 'src/golang.org/x/mod/sumdb/tlog'))

const run = promisify(execFile)
const program = fileURLToPath(new URL('./verify.go', import.meta.url))
const base64 = (hash: Uint8Array) => Buffer.from(hash).toString('base64')

describe.skipIf(!isThere && process.env.CI === undefined)('the packages of the Go checksum database', () => {
  const proved = provedLog(90_000)
  const { folder, tiles } = proved
  const size = tiles.size()
  const root = tiles.hashOf(0, size)
  const binary = join(folder, 'verify')
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const key = { name: 'auth.example.com/log/0', publicKey: Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url') }

  const pathOf = (number: number) =>
    [
      ...String(number)
        .padStart(Math.ceil(String(number).length / 3) * 3, '0')
        .matchAll(/\d{3}/g),
    ].map(([digits]) => digits)
  const writeTile = (level: number, number: number, width: number) => {
    const digits = pathOf(number)
    const name = digits.map((three, index) => (index === digits.length - 1 ? three : `x${three}`)).join('/')
    const path = join(folder, 'tile/8', String(level), width === 256 ? name : `${name}.p/${width}`)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, tiles.tile(level, number).subarray(0, width * 32))
  }

  beforeAll(async () => {
    for (let level = 0, width = size; width > 0; level++, width = Math.floor(width / 256)) {
      for (let number = 0; number * 256 < width; number++) writeTile(level, number, Math.min(256, width - number * 256))
    }
    const env = { ...process.env, GO111MODULE: 'off', GOPATH: sources, GOCACHE: join(folder, 'cache') }
    await run('go', ['build', '-o', binary, program], { env })
  })
  afterAll(() => proved.remove())

  const inputOf = () => {
    const random = seededRandom()
    const inclusions = Array.from({ length: 50 }, () => random.below(size)).map((index) => ({
      index,
      leaf: base64(tiles.hashOf(index, index + 1)),
      proof: inclusionProof(tiles.hashOf, index, size).map(base64),
    }))
    const consistencies = Array.from({ length: 50 }, () => 1 + random.below(size)).map((older) => ({
      size: older,
      root: base64(tiles.hashOf(0, older)),
      proof: consistencyProof(tiles.hashOf, older, size).map(base64),
    }))
    const note = signNote(checkpointText({ origin: key.name, size, root }), key, privateKey)
    return { vkey: verifierKey(key), note, tiles: folder, size, root: base64(root), inclusions, consistencies }
  }
  const verdict = async (input: object) => {
    const file = join(folder, 'input.json')
    writeFileSync(file, JSON.stringify(input))
    return run(binary, [file]).then(
      ({ stdout }) => stdout.trim(),
      ({ stdout }) => String(stdout).trim(),
    )
  }

  test('verify the signature, proofs of inclusion and consistency, and the tiles', async () => {
    expect(await verdict(inputOf())).toBe('verified')
  })

  test('find what is wrong', async () => {
    const input = inputOf()
    const other = base64(Buffer.alloc(32, 1))
    const [inclusion, consistency] = [input.inclusions[0], input.consistencies[0]]
    expect(await verdict({ ...input, note: input.note.replace(`\n${size}\n`, `\n${size + 1}\n`) })).toContain('invalid signature')
    expect(await verdict({ ...input, inclusions: [{ ...inclusion, leaf: other }] })).toContain('invalid transparency proof')
    expect(await verdict({ ...input, consistencies: [{ ...consistency, root: other }] })).toContain('invalid transparency proof')
  })
})
