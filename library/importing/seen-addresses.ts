import { createHash } from 'node:crypto'

const emptySlot = 0

/** Two halves of a digest, the first of which is never the mark of an empty slot. */
const fingerprint = (text: string) => {
  const digest = createHash('sha256').update(text).digest()
  return [digest.readUInt32LE(0) || 1, digest.readUInt32LE(4)] as const
}

const insert = (slots: Uint32Array, [first, second]: readonly [number, number]) => {
  const places = slots.length / 2
  for (let place = second % places; ; place = (place + 1) % places) {
    if (slots[place * 2] === emptySlot) {
      slots[place * 2] = first
      slots[place * 2 + 1] = second
      return true
    }
    if (slots[place * 2] === first && slots[place * 2 + 1] === second) return false
  }
}

const grown = (slots: Uint32Array) => {
  const larger = new Uint32Array(slots.length * 2)
  for (let at = 0; at < slots.length; at += 2) {
    const [first = 0, second = 0] = [slots[at], slots[at + 1]]
    if (first !== emptySlot) insert(larger, [first, second])
  }
  return larger
}

/** Remembers 8 bytes for each address, so that a million take 16 MiB. Of a million addresses two are alike in them with a chance below one to ten million. */
export function seenAddresses() {
  let slots = new Uint32Array(4_096)
  let count = 0
  return {
    /** False if it was there. */
    add: (address: string) => {
      if (!insert(slots, fingerprint(address))) return false
      count += 1
      if (count * 4 > slots.length) slots = grown(slots)
      return true
    },
  }
}
