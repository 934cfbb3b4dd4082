import { expect, test } from 'vitest'
import { argon2Tag } from '../../../infrastructure/hashing/argon2.ts'

test('argon2id answers the vector of RFC 9106, section 5.3', async () => {
  const tag = await argon2Tag(
    Buffer.alloc(32, 1),
    { memoryKiB: 32, time: 3, parallelism: 4 },
    { salt: Buffer.alloc(16, 2), secret: Buffer.alloc(8, 3), associatedData: Buffer.alloc(12, 4) },
  )
  expect(tag.toString('hex')).toBe('0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659')
})
