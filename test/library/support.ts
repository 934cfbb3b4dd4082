import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { GatebookError, type GatebookOptions, openGatebook } from 'gatebook'

export const cheap = { argon2MemoryKib: 8, argon2Time: 1, logLevel: 'silent', loginRatePerMinute: 0, ratePerMinute: 0 } as const

export const password = 'correct horse battery'

/** Gatebook in an app of its own, with its routes. */
export const openApp = async (options: GatebookOptions = {}) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-library-'))
  const gatebook = await openGatebook({ ...cheap, dataDir, ...options })
  const app = Fastify({ requestTimeout: 10_000 })
  await app.register(gatebook.plugin)
  const close = async () => {
    await app.close()
    rmSync(dataDir, { recursive: true })
  }
  const post = (url: string, payload?: object, token?: string) =>
    app.inject({
      method: 'POST',
      url: `/api/1${url}`,
      ...(payload === undefined ? {} : { payload }),
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    })
  const logIn = async (email: string, secret = password): Promise<string> =>
    (await post('/login', { email, password: secret, transport: 'bearer' })).json().token
  return { gatebook, app, dataDir, post, logIn, close }
}

export const bearer = (token: string) => new Headers({ authorization: `Bearer ${token}` })

/** Code, status and details of a refusal. */
export const refusal = async (call: Promise<unknown>) => {
  try {
    await call
  } catch (error) {
    if (!(error instanceof GatebookError)) throw error
    return { code: error.code, status: error.status, ...error.details }
  }
  throw new Error('it was not refused')
}
