import { verify } from 'node:crypto'
import { ed25519KeyOf, keyId, type Note, type NoteKey, type Signature } from './signed-note.ts'

const [bytesOfTime, bytesOfSignature] = [8, 64]

/** C2SP `tlog-cosignature`: the time is signed too, in seconds since 1970. Undefined for a signature that does not verify. */
const timeSigned = (text: string, { signature }: Signature, key: NoteKey): bigint | undefined => {
  if (signature.length !== bytesOfTime + bytesOfSignature) return undefined
  const time = signature.readBigUInt64BE()
  const message = Buffer.from(`cosignature/v1\ntime ${time}\n${text}`)
  return verify(null, message, ed25519KeyOf(key.publicKey), signature.subarray(bytesOfTime)) ? time : undefined
}

/** The valid signature of the witness. Undefined if there is none. */
export function cosignatureBy({ text, signatures }: Note, key: NoteKey): Signature | undefined {
  const id = keyId(key, 'cosignature')
  const own = signatures.filter((signature) => signature.name === key.name && signature.id.equals(id))
  return own.find((signature) => timeSigned(text, signature, key) !== undefined)
}
