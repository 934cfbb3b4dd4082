import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Sha256 } from '../../../domain/kernel/ids.ts'
import type { stepsOf } from './client.ts'
import type { Key } from './identity-key.ts'

type Owner = { readonly key: Key; readonly token?: string | undefined }

type Options = { readonly replaces?: number; readonly signature?: string; readonly headers?: Readonly<Record<string, string>> }

const digest = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex') as Sha256

/** What owners of keys and readers do over the API. */
export const blobsIn = ({ send }: Pick<ReturnType<typeof stepsOf>, 'send'>) => ({
  digest,
  publish: ({ key, token }: Owner, bytes: string | Buffer, { replaces = 0, signature, headers = {} }: Options = {}) =>
    send({
      method: 'PUT',
      path: `/identities/${key.fingerprint}/blob`,
      token,
      raw: Buffer.from(bytes),
      headers: {
        'content-type': 'application/octet-stream',
        'gatebook-signature': signature ?? key.signs({ purpose: 'blob', version: replaces + 1, sha256: digest(bytes) }),
        ...(replaces === 0 ? {} : { 'if-match': `"${replaces}"` }),
        ...headers,
      },
    }),
  read: (fingerprint: string, headers: Readonly<Record<string, string>> = {}) =>
    send({ method: 'GET', path: `/identities/${fingerprint}/blob`, headers }),
  /** The names of the files that hold its bytes. */
  files: (dataDir: string, fingerprint: string): readonly string[] => {
    const shard = join(dataDir, 'blobs', fingerprint.slice(0, 2))
    return existsSync(shard) ? readdirSync(shard).filter((name) => name.includes(fingerprint)) : []
  },
})
