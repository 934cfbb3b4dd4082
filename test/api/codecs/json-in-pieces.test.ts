import { once } from 'node:events'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setImmediate as nextTurn } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsonInPieces } from '../../../api/codecs/json-in-pieces.ts'

const pagesOf = (pages: readonly (readonly unknown[])[]) =>
  async function* () {
    yield* pages
  }

const streamed = (...of: Parameters<typeof jsonInPieces>) => Readable.from(jsonInPieces(...of), { objectMode: false })

describe('JSON in pieces', () => {
  test('is the object with all pages, however they are cut', async () => {
    const aPage = fc.array(fc.oneof(fc.string(), fc.integer(), fc.record({ text: fc.string() })), { maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(fc.array(aPage, { maxLength: 5 }), fc.array(aPage, { maxLength: 5 }), async (some, others) => {
        const whole = await text(streamed({ format: 1 }, { some: pagesOf(some), others: pagesOf(others) }))
        expect(JSON.parse(whole)).toEqual({ format: 1, some: some.flat(), others: others.flat() })
      }),
    )
  })

  test('that fails on the way fails the stream, and what was sent is no JSON', async () => {
    const failing = async function* () {
      yield [1]
      throw new Error('gone away')
    }
    const sent: Buffer[] = []
    const stream = streamed({ format: 1 }, { some: failing })
    stream.on('data', (piece) => sent.push(piece))
    const [error] = await once(stream, 'error')
    expect(error).toMatchObject({ message: 'gone away' })
    expect(Buffer.concat(sent).toString()).toBe('{"format":1,"some":[1')
  })

  test('asks for no page that nobody reads', async () => {
    let asked = 0
    const endless = async function* () {
      for (;;) {
        asked += 1
        yield ['x'.repeat(10_000)]
      }
    }
    const stream = streamed({ format: 1 }, { some: endless })
    stream.read(1)
    for (let turns = 0; turns < 200; turns += 1) await nextTurn()
    expect(asked).toBeLessThan(20)
    stream.destroy()
  })
})
