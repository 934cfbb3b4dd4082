import { isRight } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { readConfig } from '../../infrastructure/configuration/read-config.ts'
import { variables } from '../../infrastructure/configuration/variables.ts'
import { imageEnvironment, interpolated, read } from './read-compose.ts'

const { services, secrets, networks, volumes } = parse(read('compose.yaml'))
const { gatebook } = services

describe('compose.yaml', () => {
  test('gives one node a configuration that it starts with', () => {
    expect(Object.keys(services)).toEqual(['gatebook'])
    const given = Object.entries<string>(gatebook.environment).map(([name, value]) => [
      name,
      interpolated(value, { PUBLIC_ORIGIN: 'https://login.example.org' }),
    ])
    expect(given.filter(([name]) => !((name ?? '') in variables))).toEqual([])
    const config = readConfig({ ...imageEnvironment(), ...Object.fromEntries(given) })
    expect(isRight(config) ? config.right : config.left).toMatchObject({ EVENT_STORE: 'sqlite', NODE_ENV: 'production', HOST: '0.0.0.0' })
  })

  test('takes the master key from a secret, and keeps the data in a volume', () => {
    expect(gatebook.secrets).toEqual(['master_key'])
    expect(gatebook.environment.MASTER_KEY_FILE).toBe('/run/secrets/master_key')
    expect(secrets.master_key.file).toBe('./secrets/master_key')
    expect(read('.gitignore').split('\n')).toContain('/secrets/')
    expect(gatebook.volumes).toEqual([`${Object.keys(volumes)[0]}:${imageEnvironment().DATA_DIR}`])
  })

  test('lets in what the machine itself sends, and believes that alone', () => {
    expect(gatebook.ports).toEqual([`127.0.0.1:1984:${imageEnvironment().PORT}`])
    expect(gatebook.environment.TRUSTED_PROXIES).toBe(networks.outside.ipam.config[0].gateway)
  })

  test('gives up what Gatebook does not need', () =>
    expect(gatebook).toMatchObject({
      read_only: true,
      tmpfs: '/tmp',
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      init: true,
    }))
})
