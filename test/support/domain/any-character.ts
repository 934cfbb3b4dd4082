import fc from 'fast-check'

const surrogates = { first: 0xd800, last: 0xdfff }
const last = 0x10ffff

/** Any Unicode scalar value, as the `unit` of `fc.string`. Same as `'binary'`, which takes fast-check seconds to prepare. */
export const anyCharacter = fc
  .oneof(fc.integer({ min: 0, max: surrogates.first - 1 }), fc.integer({ min: surrogates.last + 1, max: last }))
  .map(
    (codePoint) => String.fromCodePoint(codePoint),
    (character) => {
      const [only, ...others] = Array.from(String(character))
      if (only === undefined || others.length > 0) throw new Error('not one character')
      return only.codePointAt(0) ?? 0
    },
  )
