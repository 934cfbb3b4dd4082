import { describe, expect, test } from 'vitest'
import { fewComments } from '../../../scripts/checks/conventions/comment-share.ts'
import { source } from './source.ts'

describe('comments', () => {
  const code = Array.from({ length: 95 }, (_, n) => `const a${n} = ${n}`)

  test('are at most 5 % of the lines', () => {
    const comments = ['// one', '/* two */', '/**', ' * four', ' */']
    expect(fewComments([source('api/a.ts', ...code, ...comments)])).toEqual([])
    expect(fewComments([source('api/a.ts', ...code, ...comments, '// six')])).toEqual([
      "5.9 % of the product's lines are comments, at most 5 % are allowed",
      'api/a.ts has 6 comment lines of 101',
    ])
  })

  test('are not what only looks like one', () => {
    expect(fewComments([source('api/a.ts', ...code, ...Array(20).fill("const url = 'https://example.org/*'"))])).toEqual([])
  })
})
