import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { endMark } from '../../../../api/me/page/html-in-pieces.ts'
import { type Json, person } from '../../../support/server/client.ts'
import { problem } from '../../../support/server/problem.ts'
import { mustBe } from '../../../support/server/second-factor.ts'
import { type InProcess, startTestServer } from '../../../support/server/start-test-server.ts'

let app: InProcess
beforeAll(async () => {
  app = await startTestServer()
})
afterAll(() => app.stop())

const userAgent = '<script>alert("agent")</script>'

const somebody = async (email: string) => {
  const body = { ...person, email, transport: 'bearer' }
  const { token } = mustBe(201, await app.send({ method: 'POST', path: '/register', body, headers: { 'user-agent': userAgent } }))
  return app.elevated(token)
}

const valuesIn = (value: Json): readonly string[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(valuesIn) : typeof value === 'string' ? [value] : []

describe('GET /me/export/page', () => {
  test('has everything that the file has, as text', async () => {
    const token = await somebody('page@example.org')
    const file = mustBe(200, await app.get('/me/export', token))
    app.advance(60_000)
    const { status, text, headers } = await app.get('/me/export/page', token)
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-disposition': 'attachment; filename="gatebook-export.html"',
      'content-security-policy': expect.stringMatching(/^default-src 'none'; style-src 'sha256-.*; sandbox$/),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    expect(text).not.toContain('<script')
    const { exportedAt: _, sessions: __, ...held } = file
    for (const value of valuesIn(held))
      expect(text).toContain(value.replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'))
    expect(text).toContain('alert(&quot;agent&quot;)')
    expect(text.endsWith(endMark)).toBe(true)
  })

  test('is in English or German, and in nothing else', async () => {
    const token = await somebody('languages@example.org')
    expect((await app.get('/me/export/page?language=de', token)).text).toMatch(/<html lang="de">[\s\S]*<h1>Ihre Daten<\/h1>/)
    app.advance(60_000)
    expect((await app.get('/me/export/page', token)).text).toMatch(/<html lang="en">[\s\S]*<h1>Your data<\/h1>/)
    expect(await app.get('/me/export/page?language=xx', token)).toMatchObject({ status: 400, body: problem('VALIDATION_FAILED') })
  })

  test('is an export: elevated, an event, and once a minute together with the file', async () => {
    const { token } = await app.register({ email: 'limits@example.org' })
    expect(await app.get('/me/export/page', token)).toMatchObject({ status: 403, body: problem('ELEVATION_REQUIRED') })
    const elevated = await app.elevated(token)
    mustBe(200, await app.get('/me/export', elevated))
    expect((await app.get('/me/export/page', elevated)).status).toBe(429)
    expect((await app.send({ method: 'HEAD', path: '/me/export/page', token: elevated })).status).toBe(200)
    app.advance(60_000)
    mustBe(200, await app.get('/me/export/page', elevated))
    app.advance(60_000)
    const { history } = mustBe(200, await app.get('/me/export', elevated))
    expect(history.filter(({ type }: Json) => type === 'DataExported')).toHaveLength(3)
  })

  test('that breaks off has no end mark, and the connection is closed', async () => {
    const token = await somebody('breaks-off@example.org')
    for (let n = 0; n < 330; n += 1) mustBe(200, await app.post('/token', undefined, token))
    const answer = await fetch(`${app.url}/api/1/me/export/page`, { headers: { authorization: `Bearer ${token}` } })
    const reader = answer.body?.getReader()
    let text = ''
    const read = async () => {
      for (let chunk = await reader?.read(); chunk?.done === false; chunk = await reader?.read()) {
        if (text === '') mustBe(204, await app.post('/logout', undefined, token))
        text += new TextDecoder().decode(chunk.value)
      }
    }
    await expect(read()).rejects.toThrow()
    expect(text).toContain('<h1>')
    expect(text).not.toContain(endMark)
  })
})
