import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { completed, missingFrom } from '../../scripts/lock.ts'

const text = readFileSync('package-lock.json', 'utf8')

describe('the lock file (npm run lock)', () => {
  test('lacks nothing that npm leaves out', () => {
    const lock = JSON.parse(text)
    expect(Object.keys(completed(lock).packages).filter((path) => !(path in lock.packages))).toEqual([])
  })

  test('has an entry for each dependency, wherever it may be found', () => {
    const lock = JSON.parse(text)
    expect(missingFrom(lock)).toEqual([])
    const { 'node_modules/fsevents': _, ...packages } = lock.packages
    expect(missingFrom({ packages })).toContain('node_modules/vite needs fsevents')
  })

  test('lets no compiler be asked for', () => {
    expect(JSON.parse(text).packages['node_modules/better-sqlite3'].gypfile).toBe(false)
  })

  test('names no registry', () => {
    expect(text.includes('"resolved"')).toBe(false)
  })
})
