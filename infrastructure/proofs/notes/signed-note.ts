import crypto, { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'

/** Of C2SP `signed-note`: Ed25519 over the note, and of `tlog-cosignature` over the note and a time. */
const types = { note: 1, cosignature: 4 } as const
type KeyType = keyof typeof types
const dash = '\u2014'
const mostSignatures = 64
const bytesOfId = 4

/** `publicKey`: 32 bytes. */
export type NoteKey = { readonly name: string; readonly publicKey: Buffer }

const typed = (publicKey: Buffer, type: KeyType) => Buffer.concat([Buffer.from([types[type]]), publicKey])

export function keyId({ name, publicKey }: NoteKey, type: KeyType = 'note'): Buffer {
  return crypto.hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), typed(publicKey, type)]), 'buffer').subarray(0, bytesOfId)
}

/** What auditors keep. */
export function verifierKey(key: NoteKey): string {
  return `${key.name}+${keyId(key).toString('hex')}+${typed(key.publicKey, 'note').toString('base64')}`
}

const isName = (name: string) => /^[^\s+\p{C}]+$/u.test(name)

/** Undefined if it is none, or none of an Ed25519 key that makes such signatures. */
export function readVerifierKey(text: string, type: KeyType = 'note'): NoteKey | undefined {
  // Base64 may have plus signs too: only the first two separate.
  const [, name = '', id = '', key = ''] = /^([^+]*)\+([^+]*)\+(.*)$/s.exec(text.trim()) ?? []
  const bytes = Buffer.from(key, 'base64')
  if (!isName(name) || bytes.length !== 33 || bytes[0] !== types[type] || bytes.toString('base64') !== key) return undefined
  const read = { name, publicKey: bytes.subarray(1) }
  return keyId(read, type).toString('hex') === id ? read : undefined
}

const spkiOfEd25519 = Buffer.from('302a300506032b6570032100', 'hex')

export function ed25519KeyOf(publicKey: Buffer): KeyObject {
  return createPublicKey({ key: Buffer.concat([spkiOfEd25519, publicKey]), format: 'der', type: 'spki' })
}

/** `text` ends with a newline. */
export function signNote(text: string, key: NoteKey, privateKey: KeyObject): string {
  const signature = sign(null, Buffer.from(text), privateKey)
  return `${text}\n${signatureLine({ name: key.name, id: keyId(key), signature })}`
}

export type Signature = { readonly name: string; readonly id: Buffer; readonly signature: Buffer }

export function signatureLine({ name, id, signature }: Signature): string {
  return `${dash} ${name} ${Buffer.concat([id, signature]).toString('base64')}\n`
}

const readSignature = (line: string): Signature | undefined => {
  const [mark, name = '', encoded = '', ...more] = line.split(' ')
  const bytes = Buffer.from(encoded, 'base64')
  if (mark !== dash || more.length > 0 || !isName(name) || bytes.length <= bytesOfId || bytes.toString('base64') !== encoded)
    return undefined
  return { name, id: bytes.subarray(0, bytesOfId), signature: bytes.subarray(bytesOfId) }
}

export type Note = { readonly text: string; readonly signatures: readonly Signature[] }

/** Undefined for what is no note. */
export function readNote(note: string): Note | undefined {
  const end = note.lastIndexOf('\n\n')
  if (end === -1 || !note.endsWith('\n') || !note.isWellFormed() || /[^\P{Cc}\n]/u.test(note)) return undefined
  const lines = note.slice(end + 2, -1).split('\n')
  const signatures = lines.map(readSignature).filter((signature) => signature !== undefined)
  if (lines.length > mostSignatures || signatures.length !== lines.length) return undefined
  return { text: note.slice(0, end + 1), signatures }
}

/** One signature of the key must be there, and verify. */
export function isSignedBy({ text, signatures }: Note, key: NoteKey): boolean {
  const own = signatures.filter(({ name, id }) => name === key.name && id.equals(keyId(key)))
  const publicKey = ed25519KeyOf(key.publicKey)
  return own.length > 0 && own.every(({ signature }) => verify(null, Buffer.from(text), publicKey, signature))
}
