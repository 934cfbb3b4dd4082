import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from 'vite'

// Vite takes what is set, and a test or a shell in development would get React's slow half of a build.
process.env.NODE_ENV = 'production'

/** Builds the pages and compresses them, so that a server only sends files. */
await build({ configFile: 'web/vite.config.ts', logLevel: process.argv.includes('--quiet') ? 'warn' : 'info' })
const folder = 'dist/pages/assets'
for (const name of readdirSync(folder).filter((name) => /\.(js|css|svg)$/.test(name))) {
  const file = join(folder, name)
  const content = readFileSync(file)
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
  writeFileSync(`${file}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }))
}
