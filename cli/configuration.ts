import { isLeft } from 'fp-ts/lib/Either.js'
import { readConfig } from '../composition/config/read-config.ts'
import type { Values } from '../composition/config/variables.ts'

export function configuration(): Values {
  const config = readConfig(process.env)
  if (!isLeft(config)) return config.right
  for (const { variable, expected } of config.left) console.error(`${variable}: expected ${expected}`)
  process.exit(2)
}
