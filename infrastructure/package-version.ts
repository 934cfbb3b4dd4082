import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from './files/package-root.ts'

export const packageVersion: string = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')).version
