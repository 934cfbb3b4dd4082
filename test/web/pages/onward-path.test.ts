import { expect, test } from 'vitest'
import { onwardPath } from '../../../web/pages/links/onward-path.ts'

const origin = 'https://app.example.org'

test.each([
  [null, '/account', true],
  ['/account/security?x=1', '/account/security?x=1', true],
  ['/admin', '/admin', true],
  ['/orders?open=1', '/orders?open=1', false],
  ['/accounts', '/accounts', false],
  ['//evil.example', '/account', true],
  ['/\\evil.example', '/account', true],
  ['/\t/evil.example', '/account', true],
  ['\n//evil.example', '/account', true],
  ['https://evil.example/', '/account', true],
  ['https://app.example.org/orders', '/account', true],
  ['javascript:alert(1)', '/account', true],
  ['orders', '/account', true],
  ['', '/account', true],
  ['/a/..//evil.example', '/account', true],
  ['/%2f/evil.example', '/%2f/evil.example', false],
])('after a login, %j leads to %s', (to, path, isPage) => {
  expect(onwardPath(to, origin)).toEqual({ path, isPage })
  expect(new URL(onwardPath(to, origin).path, origin).origin).toBe(origin)
})
