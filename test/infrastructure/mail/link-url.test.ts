import { isLeft, isRight } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../../../infrastructure/configuration/read-config.ts'
import { linkUrl } from '../../../infrastructure/mail/link-url.ts'
import { mailedLinks } from '../../../infrastructure/mail/mailed-links.ts'

const origin = () => 'https://login.example.org'
const token = '01970000-0000-7000-8000-00000000000a.bm9uY2U_-'

const linkOf = (RESET_URL: string) => {
  const config = readConfig({ RESET_URL })
  if (isLeft(config)) throw new Error('refused')
  return mailedLinks(config.right, origin)('reset', token)
}

test.each([
  ['https://app.example.org/reset', `https://app.example.org/reset#${token}`],
  ['https://app.example.org', `https://app.example.org#${token}`],
  ['https://app.example.org/reset?from=mail', `https://app.example.org/reset?from=mail#${token}`],
  ['https://app.example.org/reset?token={token}', `https://app.example.org/reset?token=${token}`],
  ['https://app.example.org/reset/{token}', `https://app.example.org/reset/${token}`],
  ['https://app.example.org/#/reset?token={token}', `https://app.example.org/#/reset?token=${token}`],
  ['http://localhost:5173/reset#{token}', `http://localhost:5173/reset#${token}`],
  ['http://127.0.0.1:5173/reset', `http://127.0.0.1:5173/reset#${token}`],
])('%s leads to %s', (url, link) => expect(linkOf(url)).toBe(link))

test('without one, links lead to the pages', () => {
  const config = readConfig({ REGISTER_URL: 'https://app.example.org/welcome' })
  if (isLeft(config)) throw new Error('refused')
  const link = mailedLinks(config.right, origin)
  expect(link('register', 't')).toBe('https://app.example.org/welcome#t')
  for (const page of ['reset', 'invitation', 'email'] as const) expect(link(page, 't')).toBe(`https://login.example.org/${page}#t`)
})

test.each([
  'reset',
  '/reset',
  'http://app.example.org/reset',
  'http://localhost.evil.example/reset',
  'javascript:alert({token})',
  'ftp://app.example.org/{token}',
  'https://{token}.evil.example/reset',
  'https://{token}/reset',
  'https://app.example.org{token}/',
  'https://app.example.org:{token}/',
  'https://user:pass@app.example.org/reset',
  'https://{token}@app.example.org/reset',
  'https://app.example.org/{token}/{token}',
  'https://app.example.org/reset#part',
  'https://app.example.org/reset#',
  'https://app.example.org/{tokens}',
  'https://app.example.org/}{',
  'https://app.example.org/a b',
  'https://app.example.org/\r\nBcc: eve@example.org',
  'https://app.example.org/ä',
  `https://app.example.org/${'a'.repeat(3_000)}`,
])('%j is refused', (url) => expect(isLeft(linkUrl.decode(url))).toBe(true))

describe('in production', () => {
  const production = { NODE_ENV: 'production', PUBLIC_ORIGIN: 'https://login.example.org' }

  test.each(['REGISTER_URL', 'RESET_URL', 'INVITATION_URL', 'EMAIL_CHANGE_URL'])('%s is https', (variable) => {
    const config = readConfig({ ...production, [variable]: 'http://localhost:5173/x' })
    expect(isLeft(config) && config.left).toEqual([{ variable, expected: 'an https URL, when NODE_ENV is production' }])
    expect(isRight(readConfig({ ...production, [variable]: 'https://app.example.org/x' }))).toBe(true)
  })
})
