import { spawnSync } from 'node:child_process'

/** Tools of Debian (oathtool, zbar-tools, librsvg2-bin). In CI their tests are never skipped. */
export const isInstalled = (...tools: readonly string[]) =>
  process.env.CI === 'true' || tools.every((tool) => spawnSync(tool, ['--version']).error === undefined)
