import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createFile, publishFile, writeWholeFile } from '../../../infrastructure/files/durable-file.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatebook-durable-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const modeOf = (path: string) => statSync(path).mode & 0o777

test('a created file is for its owner only, and no draft stays', () => {
  const path = join(folder, 'a')
  createFile(path, 'content')
  expect([readFileSync(path, 'utf8'), modeOf(path), readdirSync(folder)]).toEqual(['content', 0o600, ['a']])
})

test('creating replaces nothing', () => {
  const path = join(folder, 'a')
  writeFileSync(path, 'first')
  expect(() => createFile(path, 'second')).toThrow(expect.objectContaining({ code: 'EEXIST' }))
  expect([readFileSync(path, 'utf8'), readdirSync(folder)]).toEqual(['first', ['a']])
})

test('a whole file is for its owner only, and no draft stays', async () => {
  const path = join(folder, 'a')
  await writeWholeFile(path, Buffer.from('content'))
  expect([readFileSync(path, 'utf8'), modeOf(path), readdirSync(folder)]).toEqual(['content', 0o600, ['a']])
})

test('a draft that a crash left is no obstacle', async () => {
  const path = join(folder, 'a')
  writeFileSync(join(folder, '.a.part'), 'half of', { mode: 0o644 })
  await writeWholeFile(path, Buffer.from('content'))
  expect([readFileSync(path, 'utf8'), modeOf(path), readdirSync(folder)]).toEqual(['content', 0o600, ['a']])
})

test('a write that fails leaves no draft', async () => {
  mkdirSync(join(folder, 'a'))
  await expect(writeWholeFile(join(folder, 'a'), Buffer.from('content'))).rejects.toThrow()
  expect(readdirSync(folder)).toEqual(['a'])
})

test('a published file has its name and its content', () => {
  writeFileSync(join(folder, 'draft'), 'content')
  publishFile(join(folder, 'draft'), join(folder, 'a'))
  expect([readFileSync(join(folder, 'a'), 'utf8'), readdirSync(folder)]).toEqual(['content', ['a']])
})
