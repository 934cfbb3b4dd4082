import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

/** What is said of the failure of an import in this version of Node. */
const saidOf = (statement: string) => {
  const program = `
    import { missingPackage } from './infrastructure/runtime/missing-package.ts'
    import { createRequire } from 'node:module'
    const require = createRequire(import.meta.url)
    try { ${statement} } catch (error) { process.stdout.write(String(missingPackage(error))) }`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })
  return stdout + stderr
}

test.each([
  ["await import('no-such-package')", 'no-such-package'],
  ["await import('@nowhere/no-such-package')", '@nowhere/no-such-package'],
  ["await import('@nowhere/no-such-package/deep/file.js')", '@nowhere/no-such-package'],
  ["await import('./no-such-file.js')", 'undefined'],
  ["await import('fastify/no-such-file.js')", 'undefined'],
  ["require('no-such-package')", 'undefined'],
  ["throw new Error('Cannot find package \\'x\\'')", 'undefined'],
  ["throw 'Cannot find package'", 'undefined'],
])('%s lacks the package %s', (statement, name) => {
  expect(saidOf(statement)).toBe(name)
})
