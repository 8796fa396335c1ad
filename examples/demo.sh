#!/usr/bin/env bash
# A tour on the current kubectl context, in a temporary namespace that is deleted at the end, whatever happens.
#   DEMO_NAMESPACE   the namespace (replicated-mysql-demo)
#   DEMO_TIMEOUT     seconds for each wait (600, because images may have to be pulled)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

namespace=${DEMO_NAMESPACE:-replicated-mysql-demo}
timeout=${DEMO_TIMEOUT:-600}
own_label=replicated-mysql/demo # of the namespace

# ---- output: in colour and redrawn in place on a terminal, plain lines elsewhere

live='' bold='' dim='' red='' green='' yellow='' cyan='' reset='' hide='' show='' erase='' up=''
tick='+' bar='#' spinner='-\|/' pending='.' working='*' failed='!' more='...'
if [[ -t 1 && ${TERM:-dumb} != dumb ]]; then
  live=yes hide=$'\e[?25l' show=$'\e[?25h' erase=$'\e[K' up=$'\e[%dA'
  if [[ -z ${NO_COLOR:-} ]]; then
    bold=$'\e[1m' dim=$'\e[2m' red=$'\e[31m' green=$'\e[32m' yellow=$'\e[33m' cyan=$'\e[36m' reset=$'\e[0m'
  fi
fi
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
  *UTF-8* | *utf-8* | *UTF8* | *utf8*) tick='✔' bar='█' spinner='⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏' pending='·' working='●' failed='✘' more='…' ;;
esac

heading() { printf '\n%s%s%s\n' "$bold$cyan" "$*" "$reset"; }
note() { printf '  %s\n' "$*"; }
done_with() { printf '  %s%s%s %s\n' "$green" "$tick" "$reset" "$*"; }
command_line() { printf '  %s$ %s%s\n' "$dim" "$*" "$reset"; }
shortened() { # TEXT WIDTH: the words that fit
  local text=$1
  if ((${#text} > $2)); then
    text=${text:0:$2-${#more}+1} # one more: a blank there ends a whole word
    text=${text% *}
    text=${text:0:$2-${#more}}$more
  fi
  printf '%s' "$text"
}
indent() { sed 's/^/    /'; }
fail() { printf '\n%s%s %s%s\n' "$red" "$failed" "$*" "$reset" >&2; exit 1; }
needs() { # WHAT LINE...: ends the demo, which cannot run without WHAT
  printf '%s%s The demo needs %s%s\n' "$red" "$failed" "$1" "$reset" >&2
  shift
  printf '  %s\n' "$@" >&2
  exit 1
}

# ---- clean-up: deletes the namespace, however the demo ends

created='' scratch=''

clean_up() {
  local code=$? since=$SECONDS
  trap '' INT TERM HUP PIPE
  trap - EXIT ERR
  set +e
  # shellcheck disable=SC2046 # process ids
  kill $(jobs -p) 2>/dev/null
  wait
  printf '%s' "$show"
  if [[ $created ]]; then
    heading 'Clean-up'
    command_line "kubectl delete namespace $namespace"
    # The pods go first: otherwise the namespace waits for half of their grace period before it re-checks them.
    k delete statefulset,pod --all --wait=false >/dev/null 2>&1
    while [[ $(k get pods --output=name 2>&1) ]] && ((SECONDS - since < 60)); do waiting_since "$since"; done
    kubectl delete namespace "$namespace" --ignore-not-found --wait=false >/dev/null
    while namespace_exists && ((SECONDS - since < 240)); do waiting_since "$since"; done
    [[ ! $live ]] || printf '\r%s' "$erase"
    if namespace_exists; then
      printf '  %s%s the namespace is still terminating: kubectl get namespace %s%s\n' "$red" "$failed" "$namespace" "$reset" >&2
      ((code)) || code=1
    else
      done_with "nothing is left ($((SECONDS - since)) s)"
    fi
  fi
  [[ -z $scratch ]] || rm -rf "$scratch"
  exit "$code"
}

waiting_since() {
  [[ ! $live ]] || printf '\r  the pods shut down, the volumes are deleted: %s s%s' "$((SECONDS - $1))" "$erase"
  sleep 1
}

# An API error counts as "still there".
namespace_exists() { [[ $(kubectl get namespace "$namespace" --ignore-not-found --output=name 2>&1) ]]; }

# ---- kubectl

k() { kubectl --namespace "$namespace" "$@"; }
client() { k exec client -- "$@"; }
query() { client mysql -h "$1" --batch --skip-column-names -e "$2"; } # HOST SQL

show_sql() { # HOST SQL: prints the command as in the walk-through, and its result
  command_line "mysql -h $1 -e \"$2\""
  client mysql -h "$1" --table -e "$2" | indent
}

until_true() { # WHAT COMMAND...: waits until COMMAND succeeds, for at most a minute
  local what=$1 since=$SECONDS output
  shift
  until output=$("$@" 2>&1); do
    ((SECONDS - since < 60)) || fail "$what: not within 60 s. Last seen: ${output:-nothing}"
    sleep 0.5
  done
}

# ---- the live view

# One line per pod: name|deleted|state of each init container|state of each container|why it has no node
state='{{if .state.running}}running{{else if .state.terminated}}{{.state.terminated.reason}}{{else if .state.waiting}}{{.state.waiting.reason}}{{end}}'
pod_lines="{{range .items}}{{.metadata.name}}|{{if .metadata.deletionTimestamp}}yes{{end}}|\
{{range .status.initContainerStatuses}}{{.name}}=$state {{end}}|\
{{range .status.containerStatuses}}{{.name}}={{if .ready}}ready{{else}}$state{{end}} {{end}}|\
{{range .status.conditions}}{{if and (eq .type \"PodScheduled\") (ne .status \"True\")}}{{.message}}{{end}}{{end}}
{{end}}"

look_at() { # POD: sets step, mood (wait, work, bad or good), container (the one to read the log of) and detail
  local name deleted inits containers unscheduled one
  step='not yet' mood=wait container='' detail='starts when the one before it is ready'
  while IFS='|' read -r name deleted inits containers unscheduled; do
    [[ $name != "$1" ]] || break
  done <<<"$snapshot"
  [[ $name = "$1" ]] || return 0
  step=Pending detail=$unscheduled
  [[ $inits ]] || return 0
  step='shutting down' mood=work detail=''
  [[ ! $deleted ]] || return 0
  for one in $inits; do
    case $one in
      *=Completed) continue ;;
      *=running) step=${one%=*} container=$step ;;
      *= | *=PodInitializing) step=${one%=*} detail='its volumes, image and container are being prepared' ;;
      *) step=${one#*=} mood=bad container=${one%=*} detail=$one ;;
    esac
    return
  done
  step=ready mood=good container=xtrabackup
  for one in $containers; do
    case $one in
      *=ready) ;;
      *= | *=running | *=PodInitializing) [[ $mood = bad ]] || step=starting mood=work ;;
      *) step=${one#*=} mood=bad container=${one%=*} detail=$one ;;
    esac
  done
}

latest_line() { # POD CONTAINER: the last line that its script logged, without time and verdict; mysqld uses the same log
  k logs "$1" --container="$2" --tail=30 2>/dev/null |
    sed -nE '/\[MY-[0-9]+\]/!s/^[0-9-]+T[0-9:.]+Z ((un)?ready( \([a-z]+\))?: )?//p' | tail -n 1
}

draw() { # POD STEP MOOD SECONDS DETAIL: prints a line of the view
  local colour=$yellow sign=$working width text
  case $3 in
    good) colour=$green sign=$tick ;;
    wait) colour=$dim sign=$pending ;;
    bad) colour=$red sign=$failed ;;
  esac
  text=$5
  if [[ $live ]]; then
    width=$(($(tput cols 2>/dev/null || echo 80) - 38))
    text=$(shortened "$text" "$((width > 10 ? width : 10))")
  fi
  printf '  %s%s%s %-8s %s%-14s%s %4s s  %s%s%s%s\n' "$colour" "$sign" "$reset" "$1" "$colour" "$2" "$reset" "$4" \
    "$dim" "$text" "$reset" "$erase"
}

watch_pods() { # POD...: shows them until all are ready
  local begin=$SECONDS turn=0 pod i all snapshot='' fresh='' step mood container detail
  local steps=() since=() details=() drawn=0
  printf '%s' "$hide"
  while true; do
    fresh=$(k get pods --selector=app=mysql --output=go-template="$pod_lines" --request-timeout=20s 2>&1) && snapshot=$fresh
    all=yes i=0
    # shellcheck disable=SC2059 # the format is set above
    [[ ! $live ]] || ((!drawn)) || printf "$up" "$drawn"
    for pod in "$@"; do
      look_at "$pod"
      if [[ $container && ($mood != good || ${steps[i]:-} != ready) ]]; then
        detail=$(latest_line "$pod" "$container" || true)
        [[ $mood != bad ]] || detail="$container: $detail"
        # A replica that comes back is ready before it has reached the primary.
        [[ $mood != good || $detail != 'reads go on without the primary'* ]] || step=connecting mood=work
      elif [[ $mood = good ]]; then
        detail=${details[i]:-}
      fi
      [[ $mood = good ]] || all=''
      if [[ $step != "${steps[i]:-}" ]]; then since[i]=$SECONDS; fi
      if [[ $live ]]; then
        if [[ $mood = good ]]; then
          draw "$pod" "$step" "$mood" "$((since[i] - begin))" "$detail"
        else
          draw "$pod" "$step" "$mood" "$((SECONDS - begin))" "$detail"
        fi
      elif [[ $step != "${steps[i]:-}" || $detail != "${details[i]:-}" ]]; then
        draw "$pod" "$step" "$mood" "$((SECONDS - begin))" "$detail"
      fi
      steps[i]=$step details[i]=$detail i=$((i + 1))
    done
    drawn=$i
    if [[ $live ]]; then
      if [[ $all ]]; then printf '%s' "$erase"; else printf '  %s%s%s' "$cyan" "${spinner:turn++%${#spinner}:1}" "$reset$erase"; fi
      printf '\r'
    fi
    [[ ! $all ]] || break
    if ((SECONDS - begin >= timeout)); then
      printf '\n'
      i=0
      for pod in "$@"; do
        note "last step of $pod: ${steps[i]}${details[i]:+: ${details[i]}}"
        i=$((i + 1))
      done
      k get events --field-selector type=Warning --sort-by=.lastTimestamp 2>/dev/null | tail -n 8 | indent
      [[ $fresh = "$snapshot" ]] || note "the last answer of the API server: $fresh"
      fail "not ready within $timeout s. Set DEMO_TIMEOUT to wait longer; docs/troubleshooting.md explains the messages of the pods"
    fi
    sleep 0.5
  done
  printf '%s' "$show"
}

[[ ${BASH_SOURCE[0]} = "$0" ]] || return 0 # a test has sourced the functions

# ---- prerequisites

command -v kubectl >/dev/null ||
  needs 'kubectl' 'Install it (https://kubernetes.io/docs/tasks/tools/) and point it at a cluster, for example of kind or minikube.'
[[ -d node_modules ]] || needs 'the packages of this project' 'Install them: npm ci'
context=$(kubectl config current-context 2>&1) ||
  needs 'a current kubectl context' "$context" 'kubectl config get-contexts lists the contexts; kind create cluster creates a cluster.'
reason=$(kubectl get --raw=/readyz --request-timeout=10s 2>&1) ||
  needs "a cluster that answers, but $context does not" "${reason##*$'\n'}" 'kubectl cluster-info prints the address that kubectl uses.'
classes=$(kubectl get storageclasses --output=go-template='{{range .items}}{{.metadata.name}}={{with .metadata.annotations}}{{index . "storageclass.kubernetes.io/is-default-class"}}{{end}}
{{end}}')
default_class=$(sed -n 's/=true$//p' <<<"$classes" | head -n 1)
[[ $default_class ]] || needs 'a default storage class, for the volumes' \
  "$context has none (kubectl get storageclass). To make one the default:" \
  "kubectl annotate storageclass NAME storageclass.kubernetes.io/is-default-class=true"
found=$(kubectl get namespace "$namespace" --ignore-not-found --output=go-template="{{.status.phase}} \
{{with .metadata.labels}}{{index . \"$own_label\"}}{{end}}")
read -r phase own <<<"$found"
[[ $phase != Terminating ]] ||
  needs "the namespace $namespace, which is still terminating" 'Try again in a minute, or choose another namespace: DEMO_NAMESPACE=...'
offer='DEMO_NAMESPACE=... chooses another namespace.'
[[ $own != true ]] || offer="An earlier demo left it: kubectl delete namespace $namespace deletes it. $offer"
[[ ! $phase ]] || needs "its own namespace, but $namespace exists" \
  "kubectl get all,pvc --namespace $namespace lists its objects." "$offer"

trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
trap 'exit 141' PIPE
trap 'printf "\n%s%s line %s failed: %s%s\n" "$red" "$failed" "$LINENO" "$BASH_COMMAND" "$reset" >&2' ERR
scratch=$(mktemp -d)

printf '%s\n' "${bold}A replicated MySQL, as plain YAML$reset"
note "context $context, namespace $namespace, storage class $default_class"

# ---- the tour

heading 'From one construct to YAML'
command_line 'npm run synth'
npm run --silent synth >"$scratch/synth" 2>&1 || { indent <"$scratch/synth"; fail 'synth failed'; }
awk '/^kind:/ { kind = $2 } /^metadata:/ { inside = 1 } inside && /^  name:/ { print "    " kind " " $2; inside = 0 }' dist/mysql.k8s.yaml
done_with "$(wc -l <dist/mysql.k8s.yaml | tr -d ' ') lines in dist/mysql.k8s.yaml. This is the tutorial's cluster: its passwords are empty, for walk-throughs only"

heading 'From YAML to three instances'
created=yes
kubectl create --filename=- >"$scratch/created" 2>&1 <<YAML || { created=''; indent <"$scratch/created"; fail "cannot create the namespace $namespace"; }
apiVersion: v1
kind: Namespace
metadata: { name: "$namespace", labels: { $own_label: "true" } }
YAML
command_line "kubectl apply -f dist"
begin=$SECONDS
k apply --filename=dist | indent
image=$(k get statefulset mysql --output=jsonpath='{.spec.template.spec.containers[0].image}')
k apply --filename=- >/dev/null <<YAML
apiVersion: v1
kind: Pod
metadata: { name: client }
spec:
  terminationGracePeriodSeconds: 0
  automountServiceAccountToken: false
  securityContext: { runAsNonRoot: true, runAsUser: 999, seccompProfile: { type: RuntimeDefault } }
  containers:
    - name: client
      image: $image
      env: [{ name: HOME, value: /tmp }]
      command: [bash, -c, "printf '[client]\\nuser=root\\n' >~/.my.cnf; exec sleep infinity"]
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }
YAML
printf '\n'
watch_pods mysql-0 mysql-1 mysql-2
done_with "ready $((SECONDS - begin)) s after kubectl apply: mysql-0 is the primary, the others are its replicas"
k wait pod/client --for=condition=Ready --timeout="${timeout}s" >/dev/null

heading 'Write to the primary, read from any instance'
show_sql mysql-0.mysql "CREATE DATABASE test; CREATE TABLE test.messages (message VARCHAR(250)); INSERT INTO test.messages VALUES ('hello')"
for i in 1 2; do until_true "the row on mysql-$i" query "mysql-$i.mysql" 'SELECT * FROM test.messages'; done
show_sql mysql-read 'SELECT * FROM test.messages'
note 'A replica rejects writes:'
command_line "mysql -h mysql-1.mysql -e \"INSERT INTO test.messages VALUES ('lost')\""
{ query mysql-1.mysql "INSERT INTO test.messages VALUES ('lost')" 2>&1 || true; } | grep ERROR | indent

heading 'Reads spread over the instances'
command_line "mysql -h mysql-read -e 'SELECT @@server_id'    (60 times)"
# shellcheck disable=SC2016 # expands in the pod
client bash -c 'for ((i = 0; i < 60; i++)); do mysql -h mysql-read --batch --skip-column-names -e "SELECT @@server_id"; done' |
  sort | uniq -c | while read -r count id; do
  printf '    %s  %s%s%s %s\n' "$id" "$green" "$(printf "%${count}s" '' | sed "s/ /$bar/g")" "$reset" "$count"
done

heading 'Add a replica while rows are written'
query mysql-0.mysql 'CREATE TABLE test.ticks (id INT AUTO_INCREMENT PRIMARY KEY, at TIMESTAMP(3) DEFAULT NOW(3))'
# shellcheck disable=SC2016 # expands in the pod
client bash -c 'until [[ -e /tmp/stop ]]; do echo "INSERT INTO test.ticks () VALUES ();"; sleep 0.05; done | mysql -h mysql-0.mysql' &
writer=$!
command_line 'kubectl scale statefulset mysql --replicas=4'
k scale statefulset mysql --replicas=4 | indent
watch_pods mysql-0 mysql-1 mysql-2 mysql-3
client touch /tmp/stop
wait "$writer" || fail 'the writer failed'
checksum='CHECKSUM TABLE test.ticks'
expected=$(query mysql-0.mysql "$checksum")
equal() { [[ $(query "$1.mysql" "$checksum") = "$expected" ]]; }
for i in 1 2 3; do until_true "the rows of mysql-0 on mysql-$i" equal "mysql-$i"; done
done_with "$(query mysql-3.mysql 'SELECT COUNT(*) FROM test.ticks') rows were written meanwhile; mysql-3 has all of them, and the checksums of all instances are equal"

heading 'Delete a pod: it comes back with its data'
# shellcheck disable=SC2016 # expands in the pod
client bash -c 'rm /tmp/stop; until [[ -e /tmp/stop ]]; do
  if mysql -h mysql-read --connect-timeout=5 -e "SELECT * FROM test.messages" &>/dev/null; then echo answered; else echo failed; fi
  sleep 0.2; done' >"$scratch/reads" &
reader=$!
command_line 'kubectl delete pod mysql-2'
k delete pod mysql-2 --wait=false | indent
watch_pods mysql-0 mysql-1 mysql-2 mysql-3
client touch /tmp/stop
wait "$reader" || fail 'the reader failed'
show_sql mysql-2.mysql 'SELECT * FROM test.messages'
done_with "meanwhile $(grep -c answered "$scratch/reads" || true) reads through mysql-read were answered, $(grep -c failed "$scratch/reads" || true) failed"

heading 'Where to go next'
note 'docs/walk-through.md     the whole tour by hand: probes, drained nodes, volumes that stay'
note 'docs/troubleshooting.md  what the pods say when something is wrong, and what to do'
note 'docs/reference/api.md    the props of the construct'
