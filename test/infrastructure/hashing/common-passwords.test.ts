import { describe, expect, test } from 'vitest'
import { commonPasswords, isCommonPassword } from '../../../infrastructure/hashing/common-passwords.ts'

describe('the list of common passwords', () => {
  test('has ten thousand', () => expect(commonPasswords.size).toBe(10_000))

  test.each(['password', '12345678', 'qwertyuiop', 'iloveyou', 'PassWord', 'TRUSTNO1'])('has %s in any case', (password) =>
    expect(isCommonPassword(password)).toBe(true),
  )

  test('does not have a passphrase', () => expect(isCommonPassword('correct horse battery staple')).toBe(false))
})
