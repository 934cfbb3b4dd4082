import { startFailureText } from '../../composition/start-failure.ts'
import type { OperatorFailure } from './open-operator.ts'

const inUse = 'Another process holds the log and does not listen for commands of operators. Stop it, or use a command of its own version.'

export function operatorFailureText(failure: OperatorFailure): string {
  switch (failure.type) {
    case 'nobody_listens':
      return 'The server stopped before the command reached it. Nothing was changed: run the command again.'
    case 'not_allowed':
      return 'DATA_DIR/operator.sock belongs to another user. Run the command as the user of the server, or as root.'
    case 'path_too_long':
      return `The server holds the log, and ${failure.path} is longer than the 107 bytes that a socket may have. Stop the server, or use a shorter DATA_DIR.`
    case 'lost':
      return 'The server went away during the command. It may have been carried out: look before you run it again.'
    case 'locked':
      return `${inUse} (${failure.detail})`
    default:
      return startFailureText(failure)
  }
}
