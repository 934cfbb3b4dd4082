import { gzipSync } from 'node:zlib'
import { build, type Rollup } from 'vite'
import { expect, test } from 'vitest'

const mostBytes = 6_000

test('the whole client is smaller than 6 kB, compressed, and imports nothing', async () => {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: true, lib: { entry: 'web/client/index.ts', formats: ['es'], fileName: 'client' } },
  })
  const { output } = [built].flat()[0] as Rollup.RollupOutput
  expect(output).toHaveLength(1)
  expect(output[0].imports).toEqual([])
  const size = gzipSync(output[0].code, { level: 9 }).length
  process.stdout.write(`gatebook/client: ${size} bytes compressed\n`)
  expect(size).toBeGreaterThan(1_000)
  expect(size).toBeLessThan(mostBytes)
})
