import { type InProcessOptions, inProcess } from '../../support/server/in-process.ts'

const masterKey = Buffer.alloc(32, 9).toString('base64')

/** What makes an in-process server a node of the cluster at `url`. */
const nodeEnv = (url: string) => ({
  EVENT_STORE: 'eventstoredb',
  EVENTSTOREDB_URL: url,
  MASTER_KEY: masterKey,
  NODE_ENV: 'development',
})

export const startNode = (url: string, { env = {}, ...options }: InProcessOptions = {}) =>
  inProcess({ ...options, env: { ...nodeEnv(url), ...env } })
