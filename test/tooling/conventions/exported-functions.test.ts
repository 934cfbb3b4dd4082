import { describe, expect, test } from 'vitest'
import { exportedFunctionsAreDeclarations } from '../../../scripts/checks/conventions/exported-functions.ts'
import { source } from './source.ts'

describe('an exported function that is not curried', () => {
  const found = (text: string) => exportedFunctionsAreDeclarations([source('api/a.ts', text)])

  test.each([
    'export const add = (a: number, b: number) => a + b',
    'export const add = async (a: number) => { await a }',
    'export const add = function (a: number) { return a }',
    'export const add = (a: number) => { const inner = () => a; return inner() }',
  ])('is found where it is an arrow: %s', (text) => expect(found(text)).toEqual(['api/a.ts:1 add is an arrow: declare it as a function']))

  test.each([
    'export function add(a: number, b: number) { return a + b }',
    'export const add = (a: number) => (b: number) => a + b',
    'export const add = (a: number) => { const twice = 2 * a; return (b: number) => twice + b }',
    'export const add: Add = (a, b) => a + b',
    'const add = (a: number, b: number) => a + b',
    'export const sum = add(1, 2)',
  ])('is not: %s', (text) => expect(found(text)).toEqual([]))
})
