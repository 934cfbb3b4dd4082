import { join } from 'node:path'
import { isLeft, isRight } from 'fp-ts/lib/Either.js'
import { afterAll, describe, expect, test } from 'vitest'
import { readLogo } from '../../../infrastructure/branding/read-logo.ts'
import { logoFiles, png, svg, webp } from '../../support/logo-files.ts'

const most = 256 * 1024
const { folder, write, remove } = logoFiles()
afterAll(remove)

const typeOf = async (content: string | Buffer, name = 'logo') => {
  const read = await readLogo(write(name, content))
  return isRight(read) ? read.right?.mediaType : read.left.type
}
const refusal = async (path: string) => {
  const read = await readLogo(path)
  return isLeft(read) ? read.left.detail : null
}

describe('a logo', () => {
  test('is none without a file', async () => expect(await readLogo(undefined)).toMatchObject({ right: null }))

  test.each([
    ['PNG', png, 'image/png'],
    ['WebP', webp, 'image/webp'],
    ['SVG', svg, 'image/svg+xml'],
    [
      'SVG with a prolog',
      `\uFEFF<?xml version="1.0"?>\n<!-- a -->\n<!-- b --><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">${svg}`,
      'image/svg+xml',
    ],
    ['SVG behind many comments', `${'<!---->'.repeat(30_000)}${svg}`, 'image/svg+xml'],
  ])('is known as %s by its content, whatever its name is', async (_, content, type) => {
    expect(await typeOf(content, 'logo.html')).toBe(type)
  })

  test.each([
    ['nothing', ''],
    ['a page', `<html><body>${svg}</body></html>`],
    ['text', 'Gatebook'],
    ['a JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16])],
    ['a sound', Buffer.from('RIFF____WAVEfmt ')],
    ['half a PNG signature', png.subarray(0, 6)],
    ['an element that only begins like svg', '<svgx/>'],
    ['a document type with entities', `<!DOCTYPE svg [<!ENTITY a "aaaa">]>${svg}`],
    ['an SVG in another encoding', Buffer.from(svg, 'utf16le')],
    ['an SVG with octets that are no text', Buffer.concat([Buffer.from(svg), Buffer.from([0xff])])],
  ])('is refused if it is %s', async (_, content) => expect(await typeOf(content, 'logo.svg')).toBe('no_logo'))

  test('has at most 256 kB', async () => {
    const padded = (size: number) => Buffer.concat([png, Buffer.alloc(size - png.length)])
    expect(await typeOf(padded(most))).toBe('image/png')
    expect(await refusal(write('large', padded(most + 1)))).toBe(
      'BRAND_LOGO: expected an SVG, PNG or WebP file of at most 256 kB, it is larger',
    )
  })

  test('is refused with a reason if there is no such file', async () => {
    expect(await refusal(join(folder, 'nowhere.svg'))).toContain('it cannot be read (ENOENT)')
    expect(await refusal(folder)).toContain('it is not a file')
  })

  test('has a tag that changes with it', async () => {
    const [first, again, other] = await Promise.all([readLogo(write('a', svg)), readLogo(write('b', svg)), readLogo(write('c', `${svg} `))])
    expect(first).toEqual(again)
    expect(first).not.toEqual(other)
  })
})
