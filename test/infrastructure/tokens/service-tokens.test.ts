import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isLeft } from 'fp-ts/lib/Either.js'
import { afterAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../../infrastructure/configuration/read-config.ts'
import { serviceTokens } from '../../../infrastructure/tokens/service-tokens.ts'
import { readServiceTokens } from '../../../infrastructure/tokens/service-tokens-file.ts'

const billing = 'b1ll1ng-t0ken-of-at-least-32-characters'
const shop = 'sh0p-t0ken-of-at-least-32-characters-too'

test('the name of the first that has the token is found', () => {
  const nameOf = serviceTokens([`billing:${billing}`, `shop:${shop}`, `billing:${'y'.repeat(40)}`])
  expect([billing, shop, 'y'.repeat(40), '', 'billing'].map(nameOf)).toEqual(['billing', 'shop', 'billing', undefined, undefined])
  expect(serviceTokens([])('')).toBeUndefined()
})

test.each([
  `billing:${'short'.repeat(6)}`,
  `Billing:${billing}`,
  billing,
  `:${billing}`,
  `billing:${'a'.repeat(40)}`,
  `billing:${billing} x`,
  `billing:${billing},`,
])('SERVICE_TOKENS=%s is a mistake that names no token', (text) => {
  const read = readConfig({ SERVICE_TOKENS: text })
  expect(isLeft(read) && read.left).toEqual([{ variable: 'SERVICE_TOKENS', expected: expect.stringContaining('name:token') }])
  expect(JSON.stringify(read)).not.toContain(billing)
})

describe('SERVICE_TOKENS_FILE', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatebook-services-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'tokens')
  const written = (text: string, mode = 0o600) => {
    writeFileSync(file, text)
    chmodSync(file, mode)
    return readServiceTokens(file)
  }

  test('has a token on each line', () => {
    expect(written(`billing:${billing}\n\nshop:${shop}\r\n`)).toMatchObject({ right: [`billing:${billing}`, `shop:${shop}`] })
    expect(written('')).toMatchObject({ right: [] })
    expect(readServiceTokens(undefined)).toMatchObject({ right: [] })
  })

  test('is refused with the number of the line, and without its text', () => {
    const read = written(`billing:${billing}\nshop ${shop}\n`)
    expect(read).toMatchObject({ left: { detail: expect.stringMatching(/^SERVICE_TOKENS_FILE: line 2: expected name:token/) } })
    expect(JSON.stringify(read)).not.toContain(shop)
    expect(written(`billing:${billing}`, 0o666)).toMatchObject({ left: { detail: 'SERVICE_TOKENS_FILE: other users may write the file' } })
    expect(written('x'.repeat(70_000))).toMatchObject({ left: { type: 'service_tokens_unusable' } })
    expect(readServiceTokens(join(folder, 'none'))).toMatchObject({ left: { type: 'service_tokens_unusable' } })
    expect(readServiceTokens(folder)).toMatchObject({ left: { type: 'service_tokens_unusable' } })
  })
})
