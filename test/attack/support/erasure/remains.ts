import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What must not be found, in each encoding in which it could be. */
export type Needle = { readonly name: string; readonly shapes: readonly Buffer[] }

/** In base64 a byte can begin at three places of a group of four letters. Letters that its neighbors decide are left out. */
const inBase64 = (bytes: Buffer) =>
  [0, 1, 2].flatMap((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
    const inner = text.slice(shift === 0 ? 0 : shift + 1, Math.floor(((shift + bytes.length) * 4) / 3))
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')]
  })

export const needle = (name: string, bytes: Buffer): Needle => {
  const hex = bytes.toString('hex')
  const texts = new Set([hex, hex.toUpperCase(), ...inBase64(bytes)])
  return { name, shapes: [bytes, ...[...texts].map((text) => Buffer.from(text))] }
}

export const needleOfText = (name: string, text: string): Needle => {
  const { shapes } = needle(name, Buffer.from(text))
  return { name, shapes: [...shapes, Buffer.from(text, 'utf16le'), Buffer.from(encodeURIComponent(text))] }
}

export const foundIn = (bytes: Buffer, needles: readonly Needle[]): readonly string[] =>
  needles.filter(({ shapes }) => shapes.some((shape) => bytes.includes(shape))).map(({ name }) => name)

export const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile())

/** `file: needle` for each file below a folder, its name included. The server is stopped. */
export const remainsBelow = (folder: string, needles: readonly Needle[]): readonly string[] =>
  filesBelow(folder).flatMap((name) => {
    const bytes = Buffer.concat([Buffer.from(`${name}\n`), readFileSync(join(folder, name))])
    return foundIn(bytes, needles).map((found) => `${name}: ${found}`)
  })
