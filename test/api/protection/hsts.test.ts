import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { suiteServer } from '../../support/server/suite-server.ts'

const name = 'strict-transport-security'

describe('behind https', async () => {
  const { app } = await suiteServer({ env: { PUBLIC_ORIGIN: 'https://login.example.org' } })

  test.each(['/health/live', '/docs', '/openapi.json', '/session', '/secure/user', '/nothing', '/%'])(
    '%s asks browsers to stay there',
    async (path) => expect((await app.get(path)).headers[name]).toBe('max-age=31536000'),
  )

  test('so does what never became a request', async () => {
    const socket = connect((app.app.server.address() as AddressInfo).port, '127.0.0.1')
    await once(socket, 'connect')
    socket.end('nonsense\r\n\r\n')
    expect(await text(socket)).toContain(`${name}: max-age=31536000`)
  })
})

describe('on http', async () => {
  const { app } = await suiteServer()

  test('nothing is said of it', async () => expect((await app.get('/health/live')).headers).not.toHaveProperty(name))
})
