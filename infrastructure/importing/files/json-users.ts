import { JSONParser } from '@streamparser/json'
import type { Fields } from '../mapped-user.ts'
import { isFields } from '../mapped-user.ts'

export type JsonUser = { readonly number: number } & ({ readonly user: Fields } | { readonly refused: string })

const userOf = (number: number, value: unknown): JsonUser =>
  isFields(value) ? { number, user: value } : { number, refused: 'user: expected an object' }

/** The elements of `users`, one at a time, whatever else the document holds. What is no UTF-8 becomes U+FFFD. What comes after a syntax error cannot be read. */
export async function* jsonUsers(chunks: AsyncIterable<Buffer>): AsyncGenerator<JsonUser> {
  const decoder = new TextDecoder()
  const parser = new JSONParser({ paths: ['$.users.*'], keepStack: false, stringBufferSize: 65_536 })
  let found: JsonUser[] = []
  let number = 0
  let error: unknown
  parser.onValue = ({ value }) => {
    number += 1
    found.push(userOf(number, value))
  }
  parser.onError = (failure) => {
    error = failure
  }
  for await (const chunk of chunks) {
    parser.write(decoder.decode(chunk, { stream: true }))
    yield* found
    found = []
    if (error !== undefined) break
  }
  if (error !== undefined) yield { number: number + 1, refused: 'user: expected JSON; nothing after this was read' }
  else if (!parser.isEnded) yield { number: number + 1, refused: 'user: expected more JSON; the file ends too early' }
}
