import { isLeft } from 'fp-ts/lib/Either.js'
import { openCore } from '../composition/open-core.ts'
import { startFailureText } from '../composition/start-failure.ts'
import { configuration } from './configuration.ts'
import { fail } from './fail.ts'

/** A new key signs access tokens from now on; those that the old one signed are good until they end. */
export async function rotateSigningKey() {
  const opened = await openCore(configuration())
  if (isLeft(opened)) return fail(startFailureText(opened.left))
  const rotated = await opened.right.accessTokens.rotate()()
  await opened.right.close()
  if (isLeft(rotated)) return fail('The key could not be replaced: the log refused the write.')
  console.log('A new key signs access tokens; the old one verifies until the last of its tokens has ended.')
}
