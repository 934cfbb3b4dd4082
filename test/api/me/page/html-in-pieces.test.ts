import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { endMark, htmlInPieces } from '../../../../api/me/page/html-in-pieces.ts'
import { pagePolicy } from '../../../../api/me/page/page-style.ts'

const joined = async (head: object, items: readonly object[] = []) => {
  const lists = {
    history: async function* () {
      for (const item of items) yield [item]
    },
  }
  let html = ''
  for await (const piece of htmlInPieces('en')(head, lists)) html += piece
  return html
}

const fixed = new Set((await joined({ format: 2, exportedAt: '2026-11-29T12:00:00.000Z' })).match(/<[^>]*>/g))
const plain = /^<\/?(dl|dt|dd|ul|li|h3|section|article|bdi)>$/
const timeTag = /^<\/?time( datetime="\d{4}-\d\d-\d\dT[\d:.]{12}Z")?>$/

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }
const textIn = (html: string) =>
  html.replaceAll(/<[^>]*>/g, '\u0001').replaceAll(/&(amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? '')

const hostile = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '</style><img src=x onerror=alert(1)>',
    `" onload='x'`,
    '-->',
    ']]>',
    '&lt;b&gt;',
    'constructor',
    '__proto__',
    '\u202eevil',
    '<!--',
  ),
)
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    hostile,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value')),
    fc.dictionary(hostile, tie('value')),
  ),
})).value

const leavesOf = (value: unknown): readonly string[] => {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, member]) => [...(Array.isArray(value) ? [] : [name]), ...leavesOf(member)])
  }
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : []
}

describe('the page of an export', () => {
  test('has no tag that somebody gave, and all that they gave as text', async () => {
    await fc.assert(
      fc.asyncProperty(json, hostile, async (profile, name) => {
        const item = { at: '2026-11-29T12:00:00.000Z', summary: name, profile, userAgent: name }
        const html = await joined({ format: 2, exportedAt: '2026-11-29T12:00:00.000Z', account: { profile } }, [item])
        const tags = html.match(/<[^>]*>/g) ?? []
        expect(tags.filter((tag) => !(fixed.has(tag) || plain.test(tag) || timeTag.test(tag)))).toEqual([])
        const text = textIn(html)
        for (const leaf of [...leavesOf(profile), name]) expect(text).toContain(leaf)
        expect(html.endsWith(endMark)).toBe(true)
      }),
    )
  })

  test('loads and runs nothing: one style, whose hash its own policy names', async () => {
    const html = await joined({ format: 2, exportedAt: '2026-11-29T12:00:00.000Z', account: {} })
    expect(html).not.toMatch(/<(script|img|link|iframe|object|embed|form|a|base)\b|\bon\w+=|url\(|@import|https?:/i)
    expect(html).toContain(`content="${pagePolicy.replaceAll("'", '&#39;')}"`)
    expect(pagePolicy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]{43}='/)
  })
})
