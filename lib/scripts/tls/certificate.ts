import { bash } from '../base/bash';

export interface CertificateParameters {
  /** Name of the Secret. */
  readonly secret: string;
  /** The command that makes the Secret, or shows why it is not there. */
  readonly remedy: string;
}

/** The keys of the Secret, and the files of the server. */
export const FILES = { certificate: 'tls.crt', key: 'tls.key', ca: 'ca.crt' };
const NAMES = Object.values(FILES).join(' ');

/** The directory of the certificate that the server uses. */
export const IN_USE = '/mnt/tls/current';

/** The certificate of the Secret: a copy of it is checked, and put in use if it is good. */
export const certificate = bash`
in_use=${IN_USE} candidate=/mnt/tls/candidate

take_candidate() { # a copy of the Secret, which the kubelet does not exchange meanwhile; fails unless a server can use it
  local file public
  { rm -rf "$candidate" && mkdir -m 700 "$candidate"; } || { why="cannot make $candidate"; return 1; }
  for file in ${NAMES}; do
    [[ -s /mnt/tls-secret/$file ]] && cp "/mnt/tls-secret/$file" "$candidate" && continue
    why="key $file is missing or empty"
    return 1
  done
  public=$(openssl x509 -in "$candidate/tls.crt" -noout -pubkey 2>/dev/null) || { why="tls.crt is not a certificate"; return 1; }
  [[ $(openssl pkey -in "$candidate/tls.key" -passin pass: -pubout 2>/dev/null) = "$public" ]] || { why="tls.key does not fit tls.crt"; return 1; }
  (($(wc -c <"$candidate/ca.crt") <= 65536)) || { why="ca.crt has more than 64 KiB, which no peer takes"; return 1; }
}

is_valid() { # DIRECTORY [SECONDS]: its certificate, now or that much later, for this instance
  local name now error
  name=$(long_name "$HOSTNAME") || { why="this pod does not know its own name"; return 1; }
  printf -v now '%(%s)T' -1
  error=$(openssl verify -no-CApath -CAfile "$1/ca.crt" -untrusted "$1/tls.crt" -purpose sslserver -verify_hostname "$name" \
    -attime $((now + \${2:-0})) "$1/tls.crt" 2>&1) && return
  [[ ! $error =~ lookup:' '*([^$'\n']*) ]] || error=\${BASH_REMATCH[1]}
  why="tls.crt is not valid for $name: $(printable "$error")"
  return 1
}

put_in_use() { # the three files change at once
  local directory
  why="cannot write to /mnt/tls"
  directory=/mnt/tls/$(date +%s.%N) && mv "$candidate" "$directory" && ln -sfn "$directory" /mnt/tls/next &&
    mv -T /mnt/tls/next "$in_use" && find /mnt/tls -mindepth 1 -maxdepth 1 -type d ! -path "$directory" -exec rm -r {} +
}

end_of_certificate() { openssl x509 -in "$in_use/tls.crt" -noout -enddate | cut -d = -f 2; } # prints it
`;

/** Defines `prepare_certificate`, after which the server has one to start with; a part of init-mysql. */
export const prepareCertificate = ({ secret, remedy }: CertificateParameters) => bash`
${certificate}
prepare_certificate() { # waits for the Secret; any certificate that fits its key is better than no server
  local why
  [[ ! -e $in_use ]] || return 0 # this pod has started before
  until take_candidate; do
    report "waiting for the Secret ${secret}: $why. ${remedy}"
    pause 1
  done
  is_valid "$candidate" || say "WARNING: $why. Instances that verify it will refuse this one"
  if ! put_in_use || ! touch "$in_use/.loaded"; then refuse "$why"; fi
  say "uses the certificate of the Secret ${secret}, which ends $(end_of_certificate)"
}
`;

/** Defines `keep_certificate`, with which a running server gets what is new in the Secret; a part of the sidecar. */
export const keepCertificate = ({ secret }: CertificateParameters) => bash`
${certificate}
certificate_seen='' refused_certificate='' next_certificate=0 next_look_at_end=0

keep_certificate() { # when the Secret has changed, and each day for what time does to it; never keeps this script from its work
  local stamp why now
  look_at_clock
  stamp=(/mnt/tls-secret/..2*) # what the kubelet renews with each change; a glob starts no process
  [[ \${stamp[*]} != "$certificate_seen" ]] || ((now >= next_certificate)) || return 0
  certificate_seen=\${stamp[*]} next_certificate=$((now + 86400))
  if ! secret_has_another; then
    refused_certificate=''
  elif ! { take_candidate && is_valid "$candidate" && put_in_use; }; then
    next_certificate=$((now + 60)) # time alone may mend it: a certificate that is not valid yet
    [[ $why = "$refused_certificate" ]] || say "WARNING: the certificate of the Secret ${secret} is not used, and the one before stays: $why"
    refused_certificate=$why
  fi
  [[ -e $in_use/.loaded ]] || load_certificate
  ((now < next_look_at_end)) || warn_of_end
}

secret_has_another() { # than the one in use
  local file
  for file in ${NAMES}; do
    [[ $(cat "/mnt/tls-secret/$file" 2>/dev/null) = "$(cat "$in_use/$file" 2>/dev/null)" ]] || return 0
  done
  return 1
}

load_certificate() { # open connections go on with the one before
  if why=$(sql -e 'ALTER INSTANCE RELOAD TLS' 2>&1); then
    touch "$in_use/.loaded"
    next_look_at_end=0
    say "the server uses the new certificate, which ends $(end_of_certificate)"
  else
    next_certificate=$((now + 60))
    say "WARNING: the server does not take the new certificate: $why"
  fi
}

warn_of_end() { # each day
  local why
  next_look_at_end=$((now + 86400))
  if ! is_valid "$in_use"; then
    say "WARNING: $why. Renew the certificate of the Secret ${secret}"
  elif ! is_valid "$in_use" $((14 * 86400)); then
    say "WARNING: the certificate of the Secret ${secret} ends $(end_of_certificate), within 14 days"
  fi
}
`;
