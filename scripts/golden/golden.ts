import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { shapeOf } from '../../api/codecs/codec-shape.ts'
import { catalogue } from '../../domain/catalogue.ts'
import { examplesOf } from './example-values.ts'

const folder = 'test/golden'
const manifestFile = `${folder}/manifest.json`

export function goldenNames() {
  return readdirSync(folder).filter((name) => /^[A-Za-z]+@\d+\.json$/.test(name))
}

export function manifest() {
  return JSON.parse(readFileSync(manifestFile, 'utf8')) as Readonly<Record<string, string>>
}

export function fingerprint(name: string) {
  return createHash('sha256')
    .update(readFileSync(`${folder}/${name}`))
    .digest('hex')
}

/** Adds a golden file and its fingerprint for each event version that has none. Existing files are never changed. */
const add = () => {
  const known = existsSync(manifestFile) ? manifest() : {}
  for (const kind of Object.values(catalogue).flat()) {
    const file = `${folder}/${kind.type}@${kind.version}.json`
    if (existsSync(file)) continue
    const examples = examplesOf(shapeOf(kind.codec)).map((example) => ({ ...(example as object), version: kind.version }))
    writeFileSync(file, `${JSON.stringify(examples, null, 2)}\n`)
    console.log(`added ${file}`)
  }
  const fresh = goldenNames().filter((name) => !(name in known))
  const all = { ...known, ...Object.fromEntries(fresh.map((name) => [name, fingerprint(name)])) }
  writeFileSync(manifestFile, `${JSON.stringify(Object.fromEntries(Object.entries(all).sort()), null, 2)}\n`)
}

if (import.meta.main) add()
