import { randomBytes, randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { builtImage, removeVolume, startGatebook } from '../support/image.ts'

const image = await builtImage()
const setupToken = randomBytes(24).toString('hex')

describe.skipIf(image === undefined && process.env.CI !== 'true')('the image', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatebook-secret-'))
  const secretFile = join(folder, 'master_key')
  const volume = `gatebook-${randomUUID()}`
  const environment = ['PUBLIC_ORIGIN=https://login.example.org', 'MASTER_KEY_FILE=/run/secrets/master_key', `SETUP_TOKEN=${setupToken}`]
  let container: Awaited<ReturnType<typeof startGatebook>> | undefined
  let token = ''

  const start = async (isReadOnly = true) => {
    container = await startGatebook({ volume, secretFile, environment, isReadOnly })
    await container.healthy()
    return container
  }

  beforeAll(() => {
    writeFileSync(secretFile, randomBytes(32).toString('base64'))
    // As Docker mounts a secret.
    chmodSync(secretFile, 0o444)
  })
  afterEach(async () => {
    await container?.remove()
    container = undefined
  })
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true })
    await removeVolume(volume)
  })

  test('says what it is, and has neither root nor a secret', () => {
    expect(image?.Config).toMatchObject({
      User: '10001:10001',
      StopSignal: 'SIGTERM',
      ExposedPorts: { '1984/tcp': {} },
      Volumes: { '/data': {} },
    })
    expect(image?.Config.Labels).toMatchObject({ 'org.opencontainers.image.title': 'Gatebook', 'org.opencontainers.image.licenses': 'MIT' })
    expect(image?.Config.Env.filter((line) => /KEY|TOKEN|PASSWORD|SECRET/.test(line))).toEqual([])
    // The goal of docs/figures.md, on a base of 6 MB.
    expect(image?.Size).toBeLessThan(200e6)
  })

  test('serves on a read-only file system without a capability, and ends with 0 at SIGTERM', async () => {
    const gatebook = await start()
    await gatebook.setUp(setupToken)
    await gatebook.register()
    token = (await gatebook.logIn()).token
    expect(await gatebook.get('/session', token)).toMatchObject({ status: 200 })
    expect(await (await fetch(`${gatebook.url}/login`)).text()).toContain('<html')
    const uid = await gatebook.command('node', '-p', 'process.getuid()')
    expect(uid).toMatchObject({ code: 0, output: expect.stringContaining('10001') })
    const replay = await gatebook.command('gatebook', 'replay')
    expect(replay).toMatchObject({ code: 0, output: expect.stringContaining('registered') })
    const { code, seconds } = await gatebook.stop()
    expect(code).toBe(0)
    expect(seconds).toBeLessThan(10)
  })

  test('goes on with the same volume, and writes nothing outside of it', async () => {
    const gatebook = await start(false)
    expect(await gatebook.get('/session', token)).toMatchObject({ status: 200 })
    expect((await gatebook.logIn()).token).not.toBe(token)
    const changed = (await gatebook.changes()).map(({ Path: path }) => path)
    expect(changed.filter((path) => !/^\/run(\/secrets(\/master_key)?)?$/.test(path))).toEqual([])
    expect(await gatebook.stop()).toMatchObject({ code: 0 })
  })

  test('without its secret it does not start, and says so', async () => {
    chmodSync(secretFile, 0o400)
    await expect(start()).rejects.toThrow('cannot be read')
  })
})
