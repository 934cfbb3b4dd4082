import { type Either, left, right } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { JsonSchema } from '../codecs/json-schema.ts'
import { described } from '../codecs/primitives.ts'
import type { ShapeError } from '../problems.ts'

type Issue = { readonly message: string; readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined }

type Result = { readonly value: unknown; readonly issues?: undefined } | { readonly issues: readonly Issue[] }

/** The part of Standard Schema 1 (https://standardschema.dev) that is used: a schema of Zod, Valibot, ArkType and others. */
export type RegistrationFields = {
  readonly '~standard': {
    readonly version: 1
    readonly validate: (value: unknown) => Result | Promise<Result>
    /** Standard JSON Schema, for those that have it. */
    readonly jsonSchema?: { readonly input: (options: { readonly target: 'draft-2020-12' }) => JsonSchema } | undefined
  }
}

/** Bytes of JSON. */
const longest = 8_192

const mostIssues = 20
const longestMessage = 200

const description = 'What the app asks for at the registration.'

/** It throws for what JSON Schema cannot say. */
const schemaOf = ({ '~standard': { jsonSchema } }: RegistrationFields): JsonSchema => {
  try {
    const { $schema: _, ...schema } = jsonSchema?.input({ target: 'draft-2020-12' }) ?? {}
    return { description, ...schema }
  } catch {
    return { description }
  }
}

/** Whatever JSON may hold: the schema of the host looks at it. */
const given = (fields: RegistrationFields) => described(t.unknown, 'what the app asks for', schemaOf(fields))

/** For the body of a registration. Without fields, `profile` is an unknown property. */
export function profileField(fields: RegistrationFields | undefined) {
  return (fields === undefined ? {} : { profile: given(fields) }) as { readonly profile: ReturnType<typeof given> }
}

const keyText = (segment: NonNullable<Issue['path']>[number]) => String(typeof segment === 'object' ? segment.key : segment)

const errorOf = ({ message, path = [] }: Issue): ShapeError => ({
  path: ['profile', ...path.map(keyText)].join('.').slice(0, longestMessage),
  expected: message.slice(0, longestMessage),
})

const refused = (expected: string) => left([{ path: 'profile', expected }])

const jsonOf = (value: unknown): string | null | undefined => {
  try {
    return value === undefined ? null : JSON.stringify(value)
  } catch {
    return undefined
  }
}

/** The JSON that is kept, or `null` if the schema accepts that there is nothing. */
export async function readProfile(fields: RegistrationFields, given: unknown): Promise<Either<readonly ShapeError[], string | null>> {
  const result = await fields['~standard'].validate(given)
  if (result.issues !== undefined) return left(result.issues.slice(0, mostIssues).map(errorOf))
  const json = jsonOf(result.value)
  if (json === undefined) return refused('what JSON can hold')
  return json !== null && Buffer.byteLength(json) > longest ? refused(`at most ${longest} bytes of JSON`) : right(json)
}
