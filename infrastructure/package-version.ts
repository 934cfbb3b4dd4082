import { readFileSync } from 'node:fs'

const packageFile = new URL(import.meta.url.endsWith('.ts') ? '../package.json' : '../../package.json', import.meta.url)

export const packageVersion: string = JSON.parse(readFileSync(packageFile, 'utf8')).version
