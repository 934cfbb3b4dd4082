import { describe, expect, test } from 'vitest'
import { noNameExportedTwice } from '../../../scripts/checks/conventions/exported-names.ts'
import { source } from './source.ts'

describe('a name that is exported twice', () => {
  test.each([
    'export const name = 1',
    'export function name() {}',
    'export async function name() {}',
    'export class name {}',
    'export const { name } = { name: 1 }',
    'export const [first, name] = [1, 2]',
    'const name = 1\nexport { name }',
    'const other = 1\nexport { other as name }',
  ])('is found: %s', (text) => {
    expect(noNameExportedTwice([source('domain/a.ts', 'export const name = 1'), source('api/b.ts', text)])).toEqual([
      'name is exported by domain/a.ts, api/b.ts',
    ])
  })

  test.each([
    'const name = 1',
    'export type name = string',
    'export const other = () => { const name = 1; return name }',
    'type name = string\nexport type { name }',
  ])('is no value of its own: %s', (text) => {
    expect(noNameExportedTwice([source('domain/a.ts', 'export const name = 1'), source('api/b.ts', text)])).toEqual([])
  })

  test('may be in every decider and in every list of events', () => {
    const paths = ['domain/a/decider.ts', 'domain/b/decider.ts', 'domain/a/events.ts', 'domain/b/events.ts']
    expect(noNameExportedTwice(paths.map((path) => source(path, 'export const name = 1')))).toEqual([])
  })
})
