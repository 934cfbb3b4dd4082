import { isLeft } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { decode } from '../api/codecs/decode.ts'
import { described } from '../api/codecs/primitives.ts'
import { strictObject } from '../api/codecs/strict-object.ts'
import { AccountId, type Actor, SystemActor } from '../domain/kernel/ids.ts'
import { GatebookError } from './gatebook-error.ts'

/** Who is recorded: a part of your app (`[a-z0-9-]`, 1 to 40 characters), or the account that did it. */
export type ActorChoice = { readonly system: string } | { readonly accountId: string }

/** `actor` is `{ system: 'host' }` if it is left out. */
export type ActorOption = { readonly actor?: ActorChoice | undefined }

const system = described(
  t.refinement(t.string, (name) => SystemActor.is(`system:${name}`)),
  'a name of 1 to 40 of a-z, 0-9 and -',
  {},
)

const ActorOptions = strictObject(
  {},
  { actor: t.union([strictObject({ system }), strictObject({ accountId: AccountId })], 'a system or an accountId') },
)

/** A property that is undefined is one that is left out. */
export function given(input: unknown): unknown {
  return typeof input === 'object' && input !== null && !Array.isArray(input)
    ? Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
    : input
}

/** Throws a TypeError: the program is wrong, not what somebody typed. */
export function actorOf(options: ActorOption): Actor {
  const read = decode(ActorOptions, given(options))
  if (isLeft(read)) throw new TypeError(read.left.map(({ path, expected }) => `${path || 'options'}: expected ${expected}`).join('; '))
  const { actor = { system: 'host' } } = read.right
  return 'accountId' in actor ? actor.accountId : (`system:${actor.system}` as SystemActor)
}

/** Throws what the API would answer: paths and expectations, never a value. */
export function readInput<A>(codec: t.Type<A, unknown, unknown>, input: unknown): A {
  const read = decode(codec, given(input))
  if (isLeft(read)) throw new GatebookError({ problem: 'VALIDATION_FAILED', errors: read.left })
  return read.right
}

/** An id may come from a URL: one that is none is not found. */
export function accountIdOf(id: string): AccountId {
  if (!AccountId.is(id)) throw new GatebookError({ problem: 'NOT_FOUND' })
  return id
}
