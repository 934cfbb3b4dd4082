import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { left, right } from 'fp-ts/lib/Either.js'
import { afterAll, describe, expect, test } from 'vitest'
import { placeOf } from '../../../../infrastructure/event-store/copy/copy-places.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatebook-places-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const values = { DATA_DIR: '/data', EVENTSTOREDB_URL: undefined }
const url = 'esdb://gatebook:secret@store:2113?tlsCAFile=/ca.crt'

describe('a place of a log', () => {
  test('is a data directory, also one that is not there yet, or the file in it', () => {
    const file = join(folder, 'gatebook.db')
    expect(placeOf(`sqlite:${folder}`, values)).toEqual(right({ type: 'sqlite', file }))
    expect(placeOf(`sqlite:${folder}/new`, values)).toEqual(right({ type: 'sqlite', file: join(folder, 'new', 'gatebook.db') }))
    writeFileSync(file, '')
    expect(placeOf(`sqlite:${file}`, values)).toEqual(right({ type: 'sqlite', file }))
  })

  test('is a connection string', () => {
    expect(placeOf(url, values)).toEqual(right({ type: 'eventstoredb', url }))
    expect(placeOf('esdb+discover://cluster', values)).toEqual(right({ type: 'eventstoredb', url: 'esdb+discover://cluster' }))
  })

  test('is that of the configuration where only its kind is told', () => {
    expect(placeOf('sqlite:', values)).toEqual(right({ type: 'sqlite', file: '/data/gatebook.db' }))
    expect(placeOf('esdb:', { ...values, EVENTSTOREDB_URL: url })).toEqual(right({ type: 'eventstoredb', url }))
    expect(placeOf('esdb:', values)).toEqual(left('EVENTSTOREDB_URL to be set, because esdb: stands for it'))
  })

  test.each(['', 'postgres://secret', '/data', 'esdb', 'esdb:/secret', 'SQLITE:/data'])(
    'is not what is neither, and that is not repeated: %s',
    (text) => expect(placeOf(text, values)).toEqual(left('sqlite:PATH, sqlite:, esdb://… or esdb:')),
  )
})
