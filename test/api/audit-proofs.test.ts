import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { provesConsistency, provesInclusion } from '../../domain/proofs/check-proofs.ts'
import { growingTree } from '../../domain/proofs/growing-tree.ts'
import { hashing } from '../../infrastructure/event-store/sqlite/proofs/tree/hashing.ts'
import { readCheckpoint } from '../../infrastructure/proofs/notes/checkpoint.ts'
import { isSignedBy, readVerifierKey } from '../../infrastructure/proofs/notes/signed-note.ts'
import { problem } from '../support/server/problem.ts'
import { type InProcess, setupToken, startTestServer } from '../support/server/start-test-server.ts'

const token = 'a-token-for-the-tools-of-the-log'
const paths = ['/audit/checkpoint', '/audit/proof/POSITION', '/audit/consistency?from=1&to=2', '/audit/tile/0/000.p/1']

let app: InProcess
let root = ''
beforeAll(async () => {
  app = await startTestServer({ env: { PROOFS_TOKEN: token } })
  root = (await app.setUp(setupToken)).token
})
afterAll(() => app.stop())

const tool = (path: string, presented = token) => app.get(path, presented)
const checkpoint = async () => {
  const read = readCheckpoint((await tool('/audit/checkpoint')).text)
  if (read === undefined) return expect.unreachable('no checkpoint')
  return read
}
const octets = async (path: string) => {
  const { statusCode, rawPayload } = await app.app.inject({ url: `/api/1${path}`, headers: { authorization: `Bearer ${token}` } })
  return statusCode === 200 ? rawPayload : null
}

describe('who may read the proofs of the log', () => {
  test.each(paths)('%s: an administrator or a tool, and nobody else', async (name) => {
    const session = await app.register({ email: `reader${paths.indexOf(name)}@example.org` })
    const path = name.replace('POSITION', (await app.get('/audit?limit=1', root)).body.entries[0].position)
    expect(await app.get(path)).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
    for (const wrong of [`${token}x`, token.slice(1), session.refreshToken]) expect((await tool(path, wrong)).status).toBe(401)
    expect(await app.get(path, session.token)).toMatchObject({ status: 403, body: problem('ROLE_REQUIRED') })
    expect((await app.get(path, root)).status).toBe(200)
    expect((await tool(path)).status).toBe(200)
  })

  test('the token opens nothing else', async () => {
    for (const path of ['/audit', '/audit/me', '/admin/accounts', '/session', '/me/export']) expect((await tool(path)).status).toBe(401)
  })
})

describe('a checkpoint', () => {
  test('is signed with the key of the log, which is not the one of access tokens', async () => {
    const signed = await app.gatebook.proofs.checkpoint()
    if (signed._tag === 'Left') return expect.unreachable(signed.left.detail)
    const key = readVerifierKey(signed.right.vkey)
    const { note, origin } = await checkpoint()
    expect(origin).toMatch(/^localhost:1984\/log\/[0-9a-f]{16}$/)
    expect(key !== undefined && isSignedBy(note, key)).toBe(true)
    await app.post('/token', undefined, root)
    const { keys } = (await app.app.inject('/.well-known/jwks.json')).json()
    expect(keys).toHaveLength(1)
    expect(keys[0].x).not.toBe(key?.publicKey.toString('base64url'))
  })

  test('leads to the next one, with a proof', async () => {
    const older = await checkpoint()
    await app.register({ email: 'next@example.org' })
    const newer = await checkpoint()
    expect(newer.size).toBeGreaterThan(older.size)
    const { body } = await tool(`/audit/consistency?from=${older.size}&to=${newer.size}`)
    const proof = body.proof.map((hash: string) => Buffer.from(hash, 'base64'))
    expect(provesConsistency(hashing.node, older, newer, proof)).toBe(true)
    expect((await tool(`/audit/consistency?from=${newer.size}&to=${older.size}`)).status).toBe(404)
    expect((await tool(`/audit/consistency?from=1&to=${newer.size + 1_000}`)).status).toBe(404)
  })
})

describe('a proof of an event', () => {
  test('leads to the checkpoint that it holds, for every entry of the audit trail', async () => {
    const { entries } = (await app.get('/audit?limit=100', root)).body
    for (const { position } of entries) {
      const { text } = await tool(`/audit/proof/${position}`)
      const [head = '', ...rest] = text.split('\n\n')
      const [format, index = '', ...hashes] = head.split('\n')
      const signed = readCheckpoint(rest.join('\n\n'))
      if (signed === undefined) return expect.unreachable('no checkpoint')
      const at = Number(index.replace('index ', ''))
      const leaf = (await octets(`/audit/tile/0/000.p/${at + 1}`))?.subarray(at * 32) ?? Buffer.alloc(0)
      const proof = hashes.map((hash) => Buffer.from(hash, 'base64'))
      expect(format).toBe('c2sp.org/tlog-proof@v1')
      expect(provesInclusion(hashing.node, { index: at, size: signed.size, leaf, root: signed.root, proof })).toBe(true)
    }
  })

  test.each(['0', '99999999'])('is not there for position %s', async (position) => {
    expect(await tool(`/audit/proof/${position}`)).toMatchObject({ status: 404, body: problem('NOT_FOUND') })
  })

  test.each(['-1', '1.5', 'x', '1e3', '01'])('is refused for position %s', async (position) => {
    expect(await tool(`/audit/proof/${position}`)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } })
  })
})

describe('the tiles', () => {
  test('have the leaves of the checkpoint', async () => {
    const { size, root: signed } = await checkpoint()
    const hashes = await octets(`/audit/tile/0/000.p/${size}`)
    const tree = growingTree(hashing)
    for (let index = 0; index < size; index++) tree.add(hashes?.subarray(index * 32, index * 32 + 32) ?? Buffer.alloc(0))
    expect(Buffer.from(tree.root())).toEqual(Buffer.from(signed))
  })

  test.each([
    '/0/001',
    '/1/000',
    '/64/000',
    '/00/000',
    '/0/0',
    '/0/0000',
    '/0/x000/000',
    '/0/000.p/0',
    '/0/000.p/256',
    '/0/000.p/01',
    '/0/x00/000',
    '/-1/000',
    '/0/000.q/1',
  ])('%s are not there', async (path) => {
    expect(await tool(`/audit/tile${path}`)).toMatchObject({ status: 404, body: problem('NOT_FOUND') })
  })
})
