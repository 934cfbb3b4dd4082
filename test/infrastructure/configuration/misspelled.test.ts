import fc from 'fast-check'
import { expect, test } from 'vitest'
import { misspelled } from '../../../infrastructure/configuration/misspelled.ts'
import { variables } from '../../../infrastructure/configuration/variables.ts'

const known = Object.keys(variables)

test.each([
  ['LOGIN_MAX_ATEMPTS', 'LOGIN_MAX_ATTEMPTS'],
  ['TRUSTED_PROXY', 'TRUSTED_PROXIES'],
  ['login_max_attempts', 'LOGIN_MAX_ATTEMPTS'],
  ['HSOT', 'HOST'],
  ['MASTER_KEYFILE', 'MASTER_KEY_FILE'],
  ['DATADIR', 'DATA_DIR'],
  ['GATEBOOK_LOG_LEVLE', 'GATEBOOK_LOG_LEVEL'],
])('%s is taken for %s and named, without its value', (name, meant) => {
  const lines = misspelled({ [name]: 's3cret' })
  expect(lines).toEqual([expect.stringContaining(meant)])
  expect(lines.join()).toContain(name)
  expect(lines.join()).not.toContain('s3cret')
})

test('one wrong letter in any name is found', () => {
  const edits = (name: string, at: number, letter: string, kind: number) => {
    const head = name.slice(0, at)
    const tail = name.slice(at)
    return [head + letter + tail, head + tail.slice(1), head + letter + tail.slice(1), head + tail.slice(1, 2) + tail[0] + tail.slice(2)][
      kind
    ]
  }
  fc.assert(
    fc.property(
      fc.constantFrom(...known).chain((name) => fc.tuple(fc.constant(name), fc.nat(name.length - 1))),
      fc.constantFrom(...'ABCXYZ_09'),
      fc.nat(3),
      ([name, at], letter, kind) => {
        const wrong = edits(name, at, letter, kind) ?? name
        fc.pre(!known.includes(wrong) && /^\w{3,}$/.test(wrong))
        expect(misspelled({ [wrong]: 'x' })).toHaveLength(1)
      },
    ),
  )
})

test('the names of a shell, npm, a container, systemd and Kubernetes are left alone', () => {
  const usual = `HOME PATH PWD OLDPWD USER LOGNAME SHELL TERM LANG LC_ALL MAIL HOSTNAME EDITOR DISPLAY TMPDIR TEMP SHLVL COLORTERM
    NODE_VERSION NODE_OPTIONS NODE_PATH YARN_VERSION npm_config_cache npm_lifecycle_event npm_package_json INIT_CWD
    KUBERNETES_PORT KUBERNETES_SERVICE_HOST GATEBOOK_PORT GATEBOOK_SERVICE_HOST INVOCATION_ID JOURNAL_STREAM NOTIFY_SOCKET
    CI DEBUG TZ SSH_AUTH_SOCK XDG_RUNTIME_DIR DBUS_SESSION_BUS_ADDRESS DATABASE_URL REDIS_URL`
  expect(misspelled(Object.fromEntries([...usual.split(/\s+/), ...known].map((name) => [name, 'x'])))).toEqual([])
})
