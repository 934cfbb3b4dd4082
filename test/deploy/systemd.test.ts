import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRight } from 'fp-ts/lib/Either.js'
import { afterAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../infrastructure/configuration/read-config.ts'
import { variables } from '../../infrastructure/configuration/variables.ts'
import { read } from './read-compose.ts'

const unit = read('deploy/gatebook.service')
const all = (name: string) => [...unit.matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map(([, value]) => value ?? '')

describe('deploy/gatebook.service', () => {
  test('gives the server a configuration that it starts with', () => {
    const pairs = (all('Environment')[0] ?? '').split(' ').map((pair) => pair.split('='))
    expect(pairs.filter(([name]) => !((name ?? '') in variables))).toEqual([])
    const config = readConfig({ ...Object.fromEntries(pairs), PUBLIC_ORIGIN: 'https://login.example.org' })
    expect(isRight(config) ? [] : config.left).toEqual([])
  })

  test('hands over the key that it loads, and the directory that it makes', () => {
    const [environment] = all('Environment')
    expect(environment).toContain(`MASTER_KEY_FILE=%d/${all('LoadCredential')[0]?.split(':')[0]} `.trimEnd())
    expect(environment).toContain(`DATA_DIR=/var/lib/${all('StateDirectory')[0]} `)
  })

  test('does not restart what a restart does not help', () => expect(all('RestartPreventExitStatus')).toEqual(['2 78']))
})

// Debian's systemd, of which a container has no more than the tools.
const hasSystemd = spawnSync('systemd-analyze', ['--version']).error === undefined

describe.skipIf(!hasSystemd)('systemd', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatebook-unit-'))
  const file = join(folder, 'gatebook.service')
  writeFileSync(file, unit.replace(/^ExecStart=\S+/m, `ExecStart=${process.execPath}`))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const analyze = (...args: readonly string[]) => spawnSync('systemd-analyze', [...args, file], { encoding: 'utf8' })

  test('understands every line', () => {
    const { status, stderr } = analyze('verify', '--man=no')
    expect({ status, lines: stderr.split('\n').filter((line) => line.includes(file)) }).toEqual({ status: 0, lines: [] })
  })

  test('rates the exposure at 1.5 of 10 or less', () => {
    const { status, stdout, stderr } = analyze('security', '--offline=true', '--no-pager', '--threshold=15')
    expect(status, stdout + stderr).toBe(0)
  })
})
