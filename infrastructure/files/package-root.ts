import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

const rootAbove = (folder: string): string =>
  existsSync(join(folder, 'package.json')) || folder === dirname(folder) ? folder : rootAbove(dirname(folder))

/** From a checkout as from the package: the folder with package.json. */
export const packageRoot = rootAbove(import.meta.dirname)
