import { describe, expect, test } from 'vitest'
import { logTablesStayInTheStore } from '../../../scripts/checks/conventions/log-tables.ts'
import { source } from './source.ts'

describe('SQL that names a table of the log', () => {
  const schema = source(
    'infrastructure/event-store/sqlite/file/schema.ts',
    'export const schema = `CREATE TABLE event (position INTEGER); CREATE TABLE IF NOT EXISTS checkpoint (position INTEGER)`',
  )
  const found = (text: string, path = 'projections/audit.ts') => logTablesStayInTheStore([schema, source(path, '', text)])

  test.each([
    ["const sql = 'SELECT * FROM event'", 'event'],
    ["const sql = 'select position from main.event e'", 'event'],
    ["const sql = 'INSERT INTO checkpoint VALUES (1)'", 'checkpoint'],
    ["const sql = 'UPDATE checkpoint SET position = 1'", 'checkpoint'],
    ['const sql = \'DELETE FROM "event"\'', 'event'],
    ['const sql = `SELECT 1 FROM $' + '{mine} m JOIN event e ON e.position = m.position`', 'event'],
    ['const sql = `SELECT 1 FROM $' + '{schema}.event`', 'event'],
    ['const sql = `\n  SELECT 1\n  FROM\n    event`', 'event'],
    ['const sql = "SELECT 1 FROM sqlite_schema WHERE name = \'event\'"', 'event'],
  ])('is found outside the store: %s', (text, table) => {
    expect(found(text)).toEqual([`projections/audit.ts:2 SQL names the log's table ${table}`])
  })

  test.each([
    "const sql = 'SELECT event FROM audit_v1'",
    "const sql = 'SELECT * FROM event_names'",
    '// Copied FROM event by hand.',
    'const event = from(event)',
  ])('is not: %s', (text) => expect(found(text)).toEqual([]))

  test('is allowed in the store', () => {
    expect(found("const sql = 'SELECT * FROM event'", 'infrastructure/event-store/sqlite/reader/reader.ts')).toEqual([])
  })

  test('cannot be judged where the store creates no table', () => {
    expect(logTablesStayInTheStore([source('projections/a.ts', '')])).toHaveLength(1)
  })
})
