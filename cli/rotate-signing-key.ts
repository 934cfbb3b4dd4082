import { isLeft } from 'fp-ts/lib/Either.js'
import { openCore } from '../composition/open-core.ts'
import { startFailureText } from '../composition/start-failure.ts'
import { configuration, environmentWithoutListening } from './configuration.ts'
import { fail } from './fail.ts'

export async function rotateSigningKey() {
  const opened = await openCore(configuration(environmentWithoutListening()))
  if (isLeft(opened)) return fail(startFailureText(opened.left))
  const rotated = await opened.right.accessTokens.rotate()()
  await opened.right.close()
  if (isLeft(rotated)) return fail('Cannot replace the key: the write to the log failed.')
  console.log('Access tokens are now signed with a new key. The old key stays valid until its last token expires.')
}
