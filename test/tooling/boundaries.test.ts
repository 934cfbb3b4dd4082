import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { boundaries } from '../../scripts/checks/boundaries.ts'

const checkouts: string[] = []

const checkout = (files: Readonly<Record<string, string>>, dependencies: Readonly<Record<string, string>> = {}) => {
  const root = mkdtempSync(join(tmpdir(), 'gatebook-boundaries-'))
  checkouts.push(root)
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'))
  const all = { ...files, 'package.json': JSON.stringify({ name: 'checkout', type: 'module', dependencies }) }
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

afterEach(() => {
  for (const root of checkouts.splice(0)) rmSync(root, { recursive: true, force: true })
})

const correct = {
  'domain/kernel/id.ts': "import * as t from 'io-ts'\nexport const id = t.string\n",
  'domain/login/events.ts': "import { id } from '../kernel/id.ts'\nexport const events = [id]\n",
  'domain/login/decider.ts': "import { events } from './events.ts'\nexport const decide = (at: number) => [events, new Date(at)]\n",
  'domain/account/events.ts': "import { id } from '../kernel/id.ts'\nexport const events = [id]\n",
  'application/ports/event-store.ts': 'export type Log = string\nexport const log = 1\n',
  'application/login.ts':
    "import type { Log } from './ports/event-store.ts'\nimport { decide } from '../domain/login/decider.ts'\nexport const logIn = (log: Log) => decide(log.length)\n",
  'infrastructure/hashing/argon2.ts':
    "import argon2 from 'argon2'\nimport { log } from '../../application/ports/event-store.ts'\nexport const hash = [argon2, log]\n",
  'projections/sessions.ts':
    "import type { Log } from '../application/ports/event-store.ts'\nimport { events } from '../domain/login/events.ts'\nexport const sessions = (log: Log) => [log, events]\n",
  'api/login.ts':
    "import { logIn } from '../application/login.ts'\nimport { sessions } from '../projections/sessions.ts'\nexport const route = [logIn, sessions]\n",
  'web/client/call.ts': "export const call = '/login'\n",
  'web/react/field.tsx': "import { call } from '../client/call.ts'\nexport const field = call\n",
  'web/pages/login.tsx': "import { field } from '../react/field.tsx'\nexport const page = field\n",
  'examples/shop.ts': 'export const shop = 1\n',
  'composition/gatebook.ts':
    "import { route } from '../api/login.ts'\nimport { hash } from '../infrastructure/hashing/argon2.ts'\nexport const gatebook = [route, hash]\n",
}
const dependencies = { argon2: '1.0.0', 'io-ts': '1.0.0' }

const faults: Readonly<Record<string, readonly [file: string, text: string]>> = {
  'no-cycle': ['domain/login/decider.ts', "import './events.ts'\nimport '../login/decider.ts'\n"],
  'no-orphan': ['application/alone.ts', 'export const alone = 1\n'],
  resolvable: ['api/lost.ts', "import './nowhere.ts'\n"],
  'domain-is-pure: domain/login/x.ts -> fs': ['domain/login/x.ts', "import 'node:fs'\n"],
  'domain-is-pure: domain/login/y.ts -> application/login.ts': ['domain/login/y.ts', "import '../../application/login.ts'\n"],
  'contexts-are-independent': [
    'domain/account/decider.ts',
    "import type { events } from '../login/events.ts'\nexport type E = typeof events\n",
  ],
  'application-on-domain': ['application/x.ts', "import '../projections/sessions.ts'\n"],
  'infrastructure-behind-ports': ['infrastructure/x.ts', "import '../projections/sessions.ts'\n"],
  'projections-see-events': ['projections/x.ts', "import '../domain/login/decider.ts'\n"],
  'projections-see-the-log-as-a-type': [
    'projections/x.ts',
    "import { log } from '../application/ports/event-store.ts'\nexport const l = log\n",
  ],
  'api-at-the-edge': ['api/x.ts', "import '../infrastructure/hashing/argon2.ts'\n"],
  'composition-is-not-imported': ['api/x.ts', "import '../composition/gatebook.ts'\n"],
  'product-without-tooling': ['api/x.ts', "import { test } from 'vitest'\nexport const x = test\n"],
  'examples-use-the-package': ['examples/x.ts', "import '../composition/gatebook.ts'\n"],
  'web-is-a-client': ['web/pages/x.ts', "import '../../api/login.ts'\n"],
  'web-is-a-client: web/pages/y.ts -> examples/shop.ts': ['web/pages/y.ts', "import '../../examples/shop.ts'\n"],
  'client-without-dependencies': ['web/client/x.ts', "import '../react/field.tsx'\n"],
  'react-parts-without-pages': ['web/react/x.tsx', "import '../pages/login.tsx'\n"],
  'hashes-behind-their-port': ['api/x.ts', "import argon2 from 'argon2'\nexport const x = argon2\n"],
  'hashes-behind-their-port: api/y.ts': ['api/y.ts', "import bcrypt from 'bcrypt'\nexport const y = bcrypt\n"],
  'one-importer: argon2': ['infrastructure/hashing/second.ts', "import argon2 from 'argon2'\nexport const x = argon2\n"],
  'commands-are-given-a-database': ['cli/x.ts', "import Database from 'better-sqlite3'\nexport const x = new Database('x')\n"],
  'sqlite-where-tables-are': ['application/x.ts', "import type Database from 'better-sqlite3'\nexport type X = Database.Database\n"],
}

describe('the boundary check', () => {
  test('reads every module and finds nothing wrong in correct code', async () => {
    expect(await boundaries(checkout(correct, dependencies))).toEqual({ modules: Object.keys(correct).length, violations: [] })
  })

  test.each(Object.entries(faults))('reports %s', async (rule, [file, text]) => {
    const { violations } = await boundaries(checkout({ ...correct, [file]: text }, dependencies))
    expect(violations.filter((violation) => violation.startsWith(rule))).not.toEqual([])
  })

  test.each([
    'Date.now()',
    'new Date()',
    'Date()',
    'Math.random()',
    "Math['random']()",
    'crypto.randomUUID()',
    'process.env',
    'setTimeout(String, 1)',
    'globalThis.Date',
    "import('node:fs')",
  ])('finds %s in the domain', async (expression) => {
    const { violations } = await boundaries(
      checkout({ ...correct, 'domain/login/events.ts': `export const events = [${expression}]\n` }, dependencies),
    )
    expect(violations).toContainEqual(expect.stringMatching(/^domain-is-pure: domain\/login\/events\.ts:1 /))
  })

  test('fails when there is nothing to check', async () => {
    await expect(boundaries(checkout({}))).rejects.toThrow('No TypeScript file was found')
  })
})
