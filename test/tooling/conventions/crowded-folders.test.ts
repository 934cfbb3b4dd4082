import { describe, expect, test } from 'vitest'
import { noCrowdedFolder } from '../../../scripts/checks/conventions/crowded-folders.ts'
import { source } from './source.ts'

const manyIn = (folder: string, count: number) => Array.from({ length: count }, (_, n) => source(`${folder}/file-${n}.ts`))

describe('a crowded folder', () => {
  test('has more than 15 files directly in it', () => {
    expect(noCrowdedFolder([...manyIn('api/http', 15), ...manyIn('api/http/deeper', 15)])).toEqual([])
    expect(noCrowdedFolder(manyIn('api/http', 16))).toEqual(['api/http/ has 16 files directly in it, at most 15 are allowed'])
  })

  test('is also a composition with more than 24 files in all', () => {
    expect(noCrowdedFolder([...manyIn('composition', 13), ...manyIn('composition/parts', 11)])).toEqual([])
    expect(noCrowdedFolder([...manyIn('composition', 13), ...manyIn('composition/parts', 12)])).toEqual([
      'composition/ has 25 files in all, at most 24 are allowed',
    ])
  })
})
