import { type Either, isRight, left, type Right } from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import type { ShapeError } from '../problems.ts'

const choosesAmongMembers = (codec: t.Any | undefined) => {
  const tag = (codec as { readonly _tag?: string } | undefined)?._tag
  return tag === 'UnionType' || tag === 'IntersectionType'
}
const hasCallersKeys = (codec: t.Any | undefined) => (codec as { readonly _tag?: string } | undefined)?._tag === 'DictionaryType'

/** Reports a union as a whole: what each of its members expected would be noise. */
const upToUnion = (context: t.Context): t.Context => {
  const union = context.findIndex(({ type }) => (type as unknown as { readonly _tag?: string })._tag === 'UnionType')
  return union === -1 ? context : context.slice(0, union + 1)
}

const describe = ({ context, message }: t.ValidationError): ShapeError => {
  const entries = upToUnion(context)
  const path = entries
    .flatMap(({ key }, index) => {
      const parent = entries[index - 1]?.type as t.Any | undefined
      return index === 0 || choosesAmongMembers(parent) ? [] : [hasCallersKeys(parent) ? '*' : key]
    })
    .join('.')
  const expected = entries.length === context.length && message !== undefined ? message : (entries.at(-1)?.type.name ?? 'something else')
  return { path, expected }
}

const maxErrors = 20

/** Paths and expectations only, because the reporters of io-ts print the rejected value, a password included. */
const shapeErrors = (errors: t.Errors): readonly ShapeError[] => {
  const seen = new Map<string, ShapeError>()
  for (const error of errors) {
    const described = describe(error)
    seen.set(`${described.path}\n${described.expected}`, described)
    if (seen.size === maxErrors) break
  }
  return [...seen.values()]
}

export function decode<A>(codec: t.Type<A, unknown, unknown>, input: unknown): Either<readonly ShapeError[], A> {
  const decoded = codec.decode(input)
  return isRight(decoded) ? (decoded as Right<A>) : left(shapeErrors(decoded.left))
}
