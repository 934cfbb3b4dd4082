import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const assets = 'dist/pages/assets'

export const scripts = () => readdirSync(assets).filter((name) => name.endsWith('.js'))

/** Bytes of built files as they are sent, without their headers. */
export const gzippedBytes = (names: readonly string[]) => names.reduce((sum, name) => sum + statSync(join(assets, `${name}.gz`)).size, 0)
