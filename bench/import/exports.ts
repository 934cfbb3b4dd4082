import { execFileSync } from 'node:child_process'
import { pbkdf2Sync } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream, existsSync } from 'node:fs'
import { finished } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { hashSync } from 'bcrypt'

export const password = 'correct horse battery staple'

const written = async (file: string, pieces: Iterable<string>) => {
  const out = createWriteStream(file)
  for (const piece of pieces) if (!out.write(piece)) await once(out, 'drain')
  out.end()
  await finished(out)
}

/** As `kc.sh export` writes them: PBKDF2 with SHA-512, 210,000 iterations, the default of Keycloak 24. */
const keycloakUser = (n: number, value: string, salt: string) => ({
  id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  username: `person${n}`,
  firstName: 'Person',
  lastName: `Number ${n}`,
  email: `person${n}@example.org`,
  emailVerified: true,
  enabled: true,
  createdTimestamp: 1_700_000_000_000 + n,
  totp: false,
  credentials: [
    {
      id: `10000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
      type: 'password',
      createdDate: 1_700_000_000_000 + n,
      secretData: JSON.stringify({ value, salt, additionalParameters: {} }),
      credentialData: JSON.stringify({ hashIterations: 210_000, algorithm: 'pbkdf2-sha512', additionalParameters: {} }),
    },
  ],
  disableableCredentialTypes: [],
  requiredActions: [],
  realmRoles: ['default-roles-bench', 'clerk'],
  notBefore: 0,
  groups: [],
})

function* realm(people: number) {
  const salt = Buffer.alloc(16, 7)
  const value = pbkdf2Sync(password, salt, 210_000, 64, 'sha512').toString('base64')
  yield '{"id":"bench","realm":"bench","enabled":true,"users":['
  for (let n = 0; n < people; n++) yield `${n === 0 ? '' : ','}${JSON.stringify(keycloakUser(n, value, salt.toString('base64')))}`
  yield '],"clients":[{"clientId":"account"}],"keycloakVersion":"26.0.0"}'
}

export async function keycloakExport(file: string, people: number) {
  await written(file, realm(people))
}

function* lines(people: number) {
  const passwordHash = hashSync(password, 10)
  for (let n = 0; n < people; n++) yield `${JSON.stringify({ email: `person${n}@example.org`, passwordHash, roles: ['clerk'] })}\n`
}

export async function ndjsonExport(file: string, people: number) {
  await written(file, lines(people))
}

const peers = fileURLToPath(new URL('../peers/', import.meta.url))

/** By Better Auth itself, which is installed on demand. */
export async function betterAuthDatabase(file: string, people: number) {
  if (!existsSync(`${peers}node_modules/better-auth`)) execFileSync('npm', ['ci'], { cwd: peers, stdio: 'inherit' })
  execFileSync(process.execPath, [`${peers}servers/better-auth-database.ts`, file, String(people), password], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
}
