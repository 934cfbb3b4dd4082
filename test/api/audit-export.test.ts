import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { csvField } from '../../api/audit/export-format.ts'
import { eventReader } from '../../domain/kernel/reader.ts'
import { loginStream } from '../../domain/kernel/streams.ts'
import { LoginAttemptsRefused, loginEvents } from '../../domain/login/events.ts'
import { got, newEvent } from '../contract/event-store/support.ts'
import { blindIndex } from '../support/domain/ids.ts'
import { later } from '../support/domain/time.ts'
import { problem } from '../support/server/problem.ts'
import { type InProcess, setupToken, startTestServer } from '../support/server/start-test-server.ts'

type Entry = Readonly<Record<string, unknown>> & { readonly type: string; readonly position: number }

/** By the grammar of RFC 4180. */
const recordsIn = (csv: string) => {
  const records: string[][] = [[]]
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy
  for (let found = field.exec(csv); found !== null; found = field.exec(csv)) {
    records.at(-1)?.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '')
    if (found[3] === '\r\n') records.push([])
    if (field.lastIndex === csv.length) break
  }
  return records.slice(0, -1)
}

describe('the export of the audit trail', () => {
  let app: InProcess
  let root: { readonly accountId: string; readonly token: string }
  let ada: { readonly accountId: string; readonly token: string }
  const linesOf = (text: string) => text.split('\n').flatMap((line): Entry[] => (line === '' ? [] : [JSON.parse(line)]))
  const exported = async (query = '') => {
    const answer = await app.get(`/audit/export?${query}`, root.token)
    expect([query, answer.status]).toEqual([query, 200])
    return answer
  }
  const listed = async (query: string) => (await app.get(`/audit?order=oldest&limit=100&${query}`, root.token)).body.entries as Entry[]

  beforeAll(async () => {
    app = await startTestServer()
    root = await app.setUp(setupToken)
    ada = await app.register()
    root = { ...root, token: await app.elevated(root.token) }
    await app.put(`/admin/accounts/${ada.accountId}/roles/editor`, undefined, root.token)
    await app.get('/audit', root.token)
  })
  afterAll(() => app.stop())

  test('is NDJSON of the entries of GET /audit, oldest first, as a file', async () => {
    const { headers, text } = await exported()
    expect(headers).toMatchObject({
      'content-type': 'application/x-ndjson',
      'content-disposition': 'attachment; filename="gatebook-audit.ndjson"',
      'cache-control': 'no-store',
    })
    expect(linesOf(text)).toEqual(await listed(''))
    expect(linesOf(text).some(({ address }) => address === '127.0.0.1')).toBe(true)
    expect(text).not.toContain('isOfActor')
  })

  test('is CSV by RFC 4180 with the same values', async () => {
    const { headers, text } = await exported('format=csv')
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="gatebook-audit.csv"',
    })
    const [head = [], ...rows] = recordsIn(text)
    expect(head).toEqual(['position', 'at', 'type', 'account', 'actor', 'summary', 'session', 'correlationId', 'address'])
    const entries = await listed('')
    expect(rows).toEqual(entries.map((entry) => head.map((column) => String(entry[column] ?? ''))))
    expect(rows.map(([, , , , , summary]) => summary)).toContain('Role "editor" granted')
  })

  test('takes the filters of the list', async () => {
    for (const query of [`account=${ada.accountId}`, 'type=SessionGranted,RoleGranted', `account=${ada.accountId}&address=127.0.0.1`]) {
      const entries = await listed(query)
      expect(entries.length).toBeGreaterThan(0)
      expect(linesOf((await exported(query)).text)).toEqual(entries)
    }
    expect((await exported('type=Nothing')).text).toBe('')
    expect(recordsIn((await exported('type=Nothing&format=csv')).text)).toHaveLength(1)
  })

  test('is recorded as reading the trail, with whom it was about', async () => {
    const before = (await listed('type=DataRead')).length
    await exported(`account=${ada.accountId}`)
    const reads = await listed('type=DataRead')
    expect(reads.length).toBeLessThanOrEqual(before + 1)
    expect(reads.map(({ summary }) => summary)).toContainEqual(expect.stringContaining(ada.accountId))
    const head = await app.gatebook.store.head()()
    expect((await app.send({ method: 'HEAD', path: `/audit/export?account=${root.accountId}`, token: root.token })).status).toBe(200)
    expect(await app.gatebook.store.head()()).toEqual(head)
  })

  test.each(['format=xml', 'cursor=x', 'limit=1', 'order=oldest', 'account=x', 'format=csv&format=csv'])('refuses ?%s', async (query) => {
    expect(await app.get(`/audit/export?${query}`, root.token)).toMatchObject({ status: 400, body: problem('VALIDATION_FAILED') })
  })

  test('is for administrators', async () => {
    expect(await app.get('/audit/export')).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
    expect(await app.get('/audit/export', ada.token)).toMatchObject({ status: 403, body: problem('ROLE_REQUIRED') })
  })

  /** More than connections hold. */
  const fillLog = async (count: number) => {
    const { encode } = eventReader(loginEvents)
    const at = later(0)
    const event = () => ({ ...newEvent(), ...encode(LoginAttemptsRefused({ count: 1, from: at, to: at })) })
    for (let n = 0; n < count; n += 2_000) {
      await got(app.gatebook.store.append(loginStream(blindIndex(n)), 'no_stream', Array.from({ length: 2_000 }, event)))
    }
  }

  test('breaks off when the session of the reader ends, and ends when the reader goes away', async () => {
    await fillLog(60_000)
    const begin = async () => {
      const { body } = await fetch(`${app.url}/api/1/audit/export`, { headers: { authorization: `Bearer ${root.token}` } })
      const reader = body?.getReader()
      if (reader === undefined) return expect.unreachable('a body')
      expect((await reader.read()).done).toBe(false)
      return reader
    }
    await (await begin()).cancel()
    const reader = await begin()
    await app.post('/logout/everywhere', undefined, root.token)
    const rest = async () => {
      let bytes = 0
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) bytes += piece.value.length
      return bytes
    }
    await expect(rest()).rejects.toThrow()
  })
})

test.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@x', "'@x"],
  ['\tx', "'\tx"],
  ['\rx', '"\'\rx"'],
  ['\n=x', '"\'\n=x"'],
  ['＝x', "'＝x"],
  ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
  ['a=b', 'a=b'],
  ['', ''],
  [null, ''],
  [7, '7'],
])('a field of CSV is no formula, and quoted as needed: %j', (value, field) => expect(csvField(value)).toBe(field))
