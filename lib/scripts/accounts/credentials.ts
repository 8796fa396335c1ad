import { ACCOUNTS, Credentials } from '../../options/credentials';
import { bash } from '../base/bash';
import { replicationPassword, wholePassword } from './password';

/** Defines `prepare_credentials`, after which every password is a file in /mnt/credentials. */
export function prepareCredentials(credentials: Credentials): string {
  return credentials._insecure ? emptyPasswords : awaitSecret(credentials);
}

const emptyPasswords = bash`
prepare_credentials() { # the tutorial's passwords: empty ones
  say "INSECURE: all passwords are empty, and root may log in from anywhere"
  touch /mnt/credentials/{${ACCOUNTS.join(',')}}-password
}

refuse_easy_password() { :; } # there is none to guess
warn_of_easy_password() { :; }
`;

const awaitSecret = ({ secretName: secret = '', _keys: keys }: Credentials) => bash`
${wholePassword}
${replicationPassword}
credentials_are_complete() { # else why names the key
  local account
  while read -r account key; do
    is_whole "/mnt/credentials/$account-password" "$key" || return
    [[ $account != replication ]] || replication_password_fits ||
      { why="key $key has more than 32 bytes, the most that MySQL takes for replication"; return 1; }
  done <<'KEYS'
${ACCOUNTS.map((account) => `${account} ${keys[account]}`).join('\n')}
KEYS
}

remedy() { # prints the command that mends what why says
  if compgen -G '/mnt/credentials/*-password' >/dev/null; then
    echo "kubectl patch secret ${secret} --patch '{\"stringData\":{\"$key\":\"...\"}}'"
  else
    echo "kubectl create secret generic ${secret} ${ACCOUNTS.map((account) => `--from-literal=${keys[account]}=...`).join(' ')}"
  fi
}

backup_password_is_easy() { # each proof lets whoever sees it try passwords, as fast as SHA-256 goes
  local file=/mnt/credentials/backup-password
  (($(wc -c <"$file") < 16 || $(fold --bytes --width=1 "$file" | LC_ALL=C sort -u | wc -l) < 6))
}

why_easy="it has fewer than 16 bytes, or fewer than 6 different ones, and peers prove themselves with it to whoever can open a port"

refuse_easy_password() { # before the first initialization nothing depends on the password yet
  ! backup_password_is_easy ||
    refuse "the backup password is easy to guess: $why_easy. Make a good one: kubectl patch secret ${secret}" \
      "--patch '{\"stringData\":{\"${keys.backup}\":\"'\$(openssl rand -hex 16)'\"}}'"
}

warn_of_easy_password() {
  ! backup_password_is_easy ||
    say "WARNING: the backup password is easy to guess: $why_easy. Change it to one of openssl rand -hex 16"
}

prepare_credentials() { # waits for the Secret; the kubelet delivers a change of it within a minute or two
  local why key
  until credentials_are_complete; do
    report "waiting for the Secret ${secret}: $why. $(remedy)"
    pause 1
  done
}
`;
