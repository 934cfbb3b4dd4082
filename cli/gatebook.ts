#!/usr/bin/env node
import { Command } from 'commander'
import { serve } from './serve.ts'
import { version } from './version.ts'

const program = new Command('gatebook')
  .description('Login whose every attempt, lockout, session and revocation is a line in an append-only log.\nConfigured by environment variables: see docs/configuration.md.')
  .version(version)
  .showHelpAfterError()

program.command('serve').description('run the server until SIGTERM or SIGINT').action(serve)

await program.parseAsync()
