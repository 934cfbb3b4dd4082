import { describe, expect, test } from 'vitest'
import { jsonUsers } from '../../../infrastructure/importing/files/json-users.ts'
import { linesOf } from '../../../infrastructure/importing/files/lines.ts'

/** In pieces of `size` octets. */
async function* pieces(content: string | Buffer, size: number) {
  const octets = Buffer.from(content as string)
  for (let at = 0; at < octets.length; at += size) yield octets.subarray(at, at + size)
}

const collected = async <A>(items: AsyncIterable<A>) => {
  const list: A[] = []
  for await (const item of items) list.push(item)
  return list
}

const sizes = [1, 2, 3, 7, 65_536]

describe('lines', () => {
  test.each(sizes)('are the same in pieces of %i octets, with a byte order mark, CRLF and empty lines', async (size) => {
    expect(await collected(linesOf(pieces('\ufeffone\r\n\n  \nzwölf\nlast', size)))).toEqual([
      { number: 1, text: 'one' },
      { number: 4, text: 'zwölf' },
      { number: 5, text: 'last' },
    ])
  })

  test.each(sizes)('that are broken leave the others alone, in pieces of %i octets', async (size) => {
    const content = Buffer.concat([
      Buffer.from('one\n'),
      Buffer.from([0xc3, 0x28, 0x0a]),
      Buffer.from(`${'x'.repeat(size === 1 ? 65_537 : 1_048_576)}\n`),
      Buffer.from('four\n'),
      Buffer.from([0xff]),
    ])
    expect(await collected(linesOf(pieces(content, size)))).toEqual([
      { number: 1, text: 'one' },
      { number: 2, refused: 'line: expected UTF-8' },
      { number: 3, refused: 'line: expected at most 65536 bytes' },
      { number: 4, text: 'four' },
      { number: 5, refused: 'line: expected UTF-8' },
    ])
  })

  test('may be as long as they may be, and no longer', async () => {
    const read = await collected(linesOf(pieces(`${'x'.repeat(65_536)}\n${'x'.repeat(65_537)}`, 1_000)))
    expect(read.map((line) => 'text' in line)).toEqual([true, false])
  })

  test('of an empty file are none', async () => expect(await collected(linesOf(pieces('', 1)))).toEqual([]))
})

describe('users in JSON', () => {
  const realm = JSON.stringify({
    realm: 'x',
    clients: [{ users: [{ email: 'no' }] }],
    users: [{ email: 'a' }, 'b', { email: 'ü' }],
    last: {},
  })

  test.each(sizes)('are those of the document itself, in pieces of %i octets', async (size) => {
    expect(await collected(jsonUsers(pieces(`\ufeff${realm}`, Math.max(3, size))))).toEqual([
      { number: 1, user: { email: 'a' } },
      { number: 2, refused: 'user: expected an object' },
      { number: 3, user: { email: 'ü' } },
    ])
  })

  test.each([
    ['{"users":[{"email":"a"},{"email":', 'user: expected more JSON; the file ends too early'],
    ['{"users":[{"email":"a"},]}', 'user: expected JSON; nothing after this was read'],
    ['{"users":[{"email":"a"} nonsense', 'user: expected JSON; nothing after this was read'],
  ])('end where the document is broken: %s', async (content, refused) => {
    expect(await collected(jsonUsers(pieces(content, 5)))).toEqual([
      { number: 1, user: { email: 'a' } },
      { number: 2, refused },
    ])
  })

  test.each(['', 'nonsense', '[', '{"users":'])('of something else are a refusal: %s', async (content) => {
    expect((await collected(jsonUsers(pieces(content, 5)))).map((found) => Object.keys(found))).toEqual([['number', 'refused']])
  })

  test('that are no UTF-8 say so in the place', async () => {
    const content = Buffer.concat([Buffer.from('{"users":[{"email":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"},{"email":"b"}]}')])
    expect(await collected(jsonUsers(pieces(content, 4)))).toEqual([
      { number: 1, user: { email: '\ufffd(' } },
      { number: 2, user: { email: 'b' } },
    ])
  })
})
