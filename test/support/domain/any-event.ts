import fc from 'fast-check'
import * as t from 'io-ts'
import { later } from './time.ts'

const uuid = fc.uuid()
const base64url = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...'ABCXYZabcxyz0189_-'), minLength, maxLength })
const digest = base64url(43, 43)

const named: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  Instant: fc.integer({ min: -1_000_000, max: 1_000_000_000 }).map(later),
  AccountId: uuid,
  SystemActor: fc.string({ unit: fc.constantFrom(...'az09-'), minLength: 1, maxLength: 20 }).map((name) => `system:${name}`),
  SessionId: uuid,
  AttemptId: uuid,
  DeviceId: uuid,
  AccessTokenId: uuid,
  BlindIndex: digest,
  TokenHash: digest,
  Fingerprint: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 }),
  PublicKey: base64url(42, 42).map((text) => `${text}A`),
  Signature: base64url(85, 85).map((text) => `${text}A`),
  Sha256: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 }),
  Sealed: fc.tuple(uuid, base64url(38, 60)).map(([person, box]) => `${person}.${box}`),
}

/** Values that a codec accepts, made from the codec itself. Throws for an unknown codec, so that none is skipped. */
export const anyOf = (codec: t.Any): fc.Arbitrary<unknown> => {
  const known = named[codec.name]
  if (known !== undefined) return known
  if (codec instanceof t.ExactType) return anyOf(codec.type)
  if (codec instanceof t.InterfaceType) {
    const props: Readonly<Record<string, t.Any>> = codec.props
    return fc.record(Object.fromEntries(Object.entries(props).map(([name, prop]) => [name, anyOf(prop)])))
  }
  if (codec instanceof t.RefinementType) return anyOf(codec.type).filter((made) => codec.is(made))
  if (codec instanceof t.UnionType) return fc.oneof(...codec.types.map(anyOf))
  if (codec instanceof t.ArrayType) return fc.array(anyOf(codec.type), { maxLength: 3 })
  if (codec instanceof t.KeyofType) return fc.constantFrom(...Object.keys(codec.keys))
  if (codec instanceof t.LiteralType) return fc.constant(codec.value)
  if (codec instanceof t.NullType) return fc.constant(null)
  if (codec instanceof t.BooleanType) return fc.boolean()
  if (codec instanceof t.NumberType) return fc.integer()
  if (codec instanceof t.StringType) return fc.string()
  throw new Error(`nothing is known to make for ${codec.name}`)
}

/** Any event of a context with any data. `evolve` must accept them in any order. */
export const anyEventOf = <Kind extends { readonly codec: t.Any }>(kinds: readonly Kind[]) =>
  fc.oneof(...kinds.map(({ codec }) => anyOf(codec))) as fc.Arbitrary<t.TypeOf<Kind['codec']>>
