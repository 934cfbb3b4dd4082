import { afterAll, describe, expect, test } from 'vitest'
import { overHttp } from '../../support/server/over-http.ts'
import { recordedLog } from '../../support/server/recorded-log.ts'
import { mustBe } from '../../support/server/second-factor.ts'
import { operatorFolder } from './operator-for-test.ts'

const folder = operatorFolder()
afterAll(() => folder.remove())

const kidIn = (token: string) => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid

describe('gatebook rotate-signing-key', () => {
  test('replaces the key of a running server, which goes on to accept tokens of the old one', async () => {
    const server = await folder.serve()
    const app = overHttp(server.baseUrl)
    const { token } = await app.register()
    const tokenNow = async (): Promise<string> => mustBe(200, await app.post('/token', undefined, token)).accessToken
    const before = await tokenNow()
    const { kid } = await folder.json(['rotate-signing-key'])
    expect([kidIn(await tokenNow()), kidIn(before) === kid]).toEqual([kid, false])
    const published = (await (await fetch(`${server.baseUrl}/.well-known/jwks.json`)).json()) as { keys: { kid: string }[] }
    expect(published.keys.map((key) => key.kid)).toEqual([kid, kidIn(before)])
    await server.stop()
  })

  test('and of one that is stopped, and the log says who did it', async () => {
    const { code, stdout, stderr } = await folder.gatebook(['rotate-signing-key'])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(
      /^Access tokens are now signed with a new key \([\w-]{43}\)\. The old key stays valid until its last token expires\.\n$/,
    )
    const added = (await recordedLog(folder.dataDir)).filter(({ type }) => type === 'SigningKeyAdded')
    expect(added.map(({ metadata }) => metadata.actor)).toEqual(['system', 'system:operator', 'system:operator'])
  })

  test('that has no log is one sentence', async () => {
    const { code, stderr } = await folder.gatebook(['rotate-signing-key'], '', { DATA_DIR: `${folder.dataDir}-none` })
    expect(code).toBe(1)
    expect(stderr).toMatch(/does not exist\n$/)
  })
})
