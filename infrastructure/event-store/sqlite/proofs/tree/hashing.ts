import crypto from 'node:crypto'
import { treeHashing } from '../../../../../domain/proofs/hashing.ts'

// Not imported by name, because Node 18 lacks it.
export const hashing = treeHashing((bytes) => crypto.hash('sha256', bytes, 'buffer'))

export function sha256Of(text: string): string {
  return crypto.hash('sha256', text, 'hex')
}
