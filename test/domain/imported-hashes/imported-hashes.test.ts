import { describe, expect, test } from 'vitest'
import { importedHashes } from '../../../domain/imported-hashes/decider.ts'
import { HashKindImported } from '../../../domain/imported-hashes/events.ts'
import { later, noon } from '../../support/domain/time.ts'
import { given } from '../../support/given.ts'

const kind = (n: number) => `bcrypt:${n}`
const imported = (n: number) => HashKindImported({ kind: kind(n), at: noon })
const six = [1, 2, 3, 4, 5, 6].map(imported)
const add = (n: number, at = noon) => ({ type: 'add' as const, kind: kind(n), at })

describe('a kind of hash', () => {
  test('is recorded', () => given(importedHashes).when(add(1)).then(imported(1)))
  test('is recorded once', () =>
    given(importedHashes, [imported(1)])
      .when(add(1, later(5)))
      .thenNothing())
  test('is refused beyond the sixth', () => given(importedHashes, six).when(add(7)).thenRefused({ type: 'too_many_hash_kinds' }))
  test('of six is still known', () => given(importedHashes, six).when(add(6)).thenNothing())
})

test('all kinds are covered', () => {
  expect(six.reduce(importedHashes.evolve, importedHashes.initial)).toEqual({ kinds: new Set(six.map(({ data }) => data.kind)) })
})
