import { describe, expect, test } from 'vitest'
import { examplesImportThePackage } from '../../../scripts/checks/conventions/example-imports.ts'
import { source } from './source.ts'

describe('an example', () => {
  const found = (text: string) => examplesImportThePackage([source('examples/a.ts', text)])

  test.each([
    ["import { openGatebook } from '../index.ts'", '../index.ts'],
    ["import type { OtpProvider } from '../application/ports/ports.ts'", '../application/ports/ports.ts'],
    ["export { helper } from './helper.ts'", './helper.ts'],
    ["const page = await import('../api/page.ts')", '../api/page.ts'],
    ["type Port = import('../application/ports.ts').Port", '../application/ports.ts'],
    ["import { port } from 'gatebook/dist/application/ports.js'", 'gatebook/dist/application/ports.js'],
  ])('must not be %s', (text, from) => expect(found(text)).toEqual([`examples/a.ts:1 an example imports ${from}`]))

  test.each(['gatebook/client/request.ts', '../other/shop.ts', '../../index.ts', '#shop'])('with a folder must not import %s', (from) => {
    const path = 'examples/shop/main.ts'
    expect(examplesImportThePackage([source(path, `import '${from}'`)])).toEqual([`${path}:1 an example imports ${from}`])
  })

  test.each([
    ['main.ts', './shop.ts'],
    ['page/main.ts', '../shop.ts'],
    ['page/main.ts', './shop.ts'],
  ])('with a folder may import from it: %s %s', (path, from) => {
    expect(examplesImportThePackage([source(`examples/shop/${path}`, `import '${from}'`)])).toEqual([])
  })

  test.each([
    'gatebook',
    'gatebook/testing',
    'gatebook/client',
    'gatebook/react',
    'gatebook/react/styles.css',
    'node:url',
    'fastify',
    'fp-ts/lib/Either.js',
  ])('may import %s', (from) => {
    expect(found(`import { something } from '${from}'`)).toEqual([])
  })
})
