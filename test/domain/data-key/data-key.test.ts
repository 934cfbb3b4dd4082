import { describe, test } from 'vitest'
import { type Command, dataKey } from '../../../domain/data-key/decider.ts'
import { DataKeyWrapped } from '../../../domain/data-key/events.ts'
import { instant } from '../../../domain/kernel/instant.ts'
import { given } from '../../support/given.ts'

const noon = instant(Date.parse('2026-06-01T12:00:00.000Z'))
const later = instant(noon + 1)
const created = DataKeyWrapped({ person: 'p', wrappedKey: 'under-old', at: noon })
const moved = DataKeyWrapped({ person: 'p', wrappedKey: 'under-new', at: later })

const rewrap: Command = { type: 'rewrap', from: 'under-old', wrappedKey: 'under-new', at: later }

describe('a data key', () => {
  test('is created', () => given(dataKey).when({ type: 'create', person: 'p', wrappedKey: 'under-old', at: noon }).then(created))

  test('is created once: who comes second uses the first', () =>
    given(dataKey, [created]).when({ type: 'create', person: 'p', wrappedKey: 'another', at: later }).thenNothing())

  test('moves under another master key and stays the same person’s', () => given(dataKey, [created]).when(rewrap).then(moved))

  test('moves once', () => given(dataKey, [created, moved]).when(rewrap).thenNothing())

  test('does not move from a wrapping that was replaced meanwhile', () =>
    given(dataKey, [DataKeyWrapped({ person: 'p', wrappedKey: 'under-another', at: noon })])
      .when(rewrap)
      .thenRefused({ type: 'data_key_rewrapped' }))

  test('that never was cannot move', () => given(dataKey).when(rewrap).thenRefused({ type: 'no_data_key' }))
})
