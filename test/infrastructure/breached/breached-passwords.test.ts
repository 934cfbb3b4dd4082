import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { inBreachedFile } from '../../../infrastructure/breached/breached-file.ts'
import { isBreachedIn, isUsableBreachSource } from '../../../infrastructure/breached/breached-passwords.ts'
import { inBreachedRange } from '../../../infrastructure/breached/breached-range.ts'

const sha1 = (text: string) => createHash('sha1').update(text).digest('hex').toUpperCase()

const lookUp = async (source: string | undefined, password: string) => {
  const outcomes: string[] = []
  const found = await isBreachedIn(source, (outcome) => outcomes.push(outcome))(password)()
  return { found, outcomes }
}

describe('a file of breached passwords', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'gatebook-breached-'))
    return () => rmSync(folder, { recursive: true })
  })
  const listed = (passwords: readonly string[], end = '\r\n', last = end) => {
    const file = join(folder, 'list.txt')
    writeFileSync(
      file,
      passwords
        .map(sha1)
        .sort()
        .map((hash, n) => `${hash}:${1 + n * 7_919}`)
        .join(end) + last,
    )
    return file
  }

  test.each([
    ['\r\n', '\r\n'],
    ['\n', '\n'],
    ['\r\n', ''],
  ])('finds every line of it and nothing else (%j, %j)', async (end, last) => {
    const passwords = Array.from({ length: 300 }, (_, n) => `password ${n}`)
    const file = listed(passwords, end, last)
    for (const password of passwords) expect((await lookUp(file, password)).found).toBe(true)
    for (let n = 300; n < 600; n++) expect(await lookUp(file, `password ${n}`)).toEqual({ found: false, outcomes: ['clear'] })
  })

  test('agrees with a search of the whole list, for any list', async () => {
    const hash = fc.stringMatching(/^[0-9A-F]{40}$/)
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(hash, { minLength: 1, maxLength: 40 }), hash, async (hashes, other) => {
        const file = join(folder, 'any.txt')
        writeFileSync(
          file,
          hashes
            .toSorted()
            .map((one, n) => `${one}:${n}\r\n`)
            .join(''),
        )
        for (const one of hashes) expect(await inBreachedFile(file)(one)).toBe(true)
        expect(await inBreachedFile(file)(other)).toBe(hashes.includes(other))
      }),
      { numRuns: 40 },
    )
  })

  test('fails open, and is counted, when it is gone or is something else', async () => {
    expect(await lookUp(join(folder, 'none'), 'x')).toEqual({ found: false, outcomes: ['failed'] })
    const file = join(folder, 'other')
    writeFileSync(file, 'not a list\n'.repeat(100))
    expect(await lookUp(file, 'x')).toEqual({ found: false, outcomes: ['failed'] })
    expect([await isUsableBreachSource(file), await isUsableBreachSource(join(folder, 'none'))]).toEqual([false, false])
    expect(await isUsableBreachSource(listed(['x']))).toBe(true)
  })

  test('is not looked at when there is none', async () => expect(await lookUp(undefined, 'x')).toEqual({ found: false, outcomes: [] }))
})

describe('a range service', () => {
  const asked: string[] = []
  let answer: RequestListener = () => {}
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    answer(request, response)
  }).listen(0, '127.0.0.1')
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/range/`
  afterEach(() => void asked.splice(0))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  test('learns five digits of the hash, and its padding is no find', async () => {
    const [breached, padded] = [sha1('breached one'), sha1('padded one')]
    answer = (_request, response) => response.end(`${breached.slice(5)}:3\r\n${padded.slice(5)}:0\r\n`)
    expect(await lookUp(url(), 'breached one')).toEqual({ found: true, outcomes: ['breached'] })
    expect(await lookUp(url(), 'padded one')).toEqual({ found: false, outcomes: ['clear'] })
    expect(asked).toEqual([`/range/${breached.slice(0, 5)}`, `/range/${padded.slice(0, 5)}`])
  })

  const faults: readonly (readonly [string, RequestListener])[] = [
    ['an error', (_request, response) => response.writeHead(503).end()],
    ['a redirect', (_request, response) => response.writeHead(302, { location: url() }).end()],
    ['an answer without end', (_request, response) => void response.write('A'.repeat(2_000_000))],
    ['no connection', (request) => request.socket.destroy()],
  ]
  test.each(faults)('fails open at %s, and is counted', async (_what, listener) => {
    answer = listener
    expect(await lookUp(url(), 'x')).toEqual({ found: false, outcomes: ['failed'] })
  })

  test('is given up after a while', async () => {
    answer = () => {}
    await expect(inBreachedRange(url(), 100)(sha1('x'))).rejects.toThrow()
  })
})
