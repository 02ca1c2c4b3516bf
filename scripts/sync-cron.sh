#!/bin/sh
# For a crontab: asks a running Lockstep for a sync and logs one line.
#
#   CRON_SECRET=...
#   LOCKSTEP_LOG=/var/log/lockstep-cron.log
#   */5 * * * * /opt/lockstep/scripts/sync-cron.sh
#
# (The settings are on their own lines, because before the command they would show in the process list.)
#
#   LOCKSTEP_URL      address of the server; default http://127.0.0.1:3000
#   CRON_SECRET       the server's CRON_SECRET
#   LOCKSTEP_LOG      file for the line; default standard output. Failures also go to standard error.
#   LOCKSTEP_TIMEOUT  most seconds that a run may take; default 600
#   LOCKSTEP_LOCKS    folder for the lock, which no other user may write; default ~/.local/state/lockstep
#
# Exit status: 0 the run is done, or there was none because automatic sync is off or the last run still goes
# on; 1 there was no run, or it failed or was halted; 2 wrong usage.
set -u
LC_ALL=C
export LC_ALL

url=${LOCKSTEP_URL:-http://127.0.0.1:3000}
url=${url%/}
timeout=${LOCKSTEP_TIMEOUT:-600}

log() {
  line="$(date -u +%Y-%m-%dT%H:%M:%SZ) $1"
  if [ -z "${LOCKSTEP_LOG:-}" ] || ! printf '%s\n' "$line" >>"$LOCKSTEP_LOG"; then
    printf '%s\n' "$line"
  fi
}

fail() {
  log "FAILED $1"
  if [ -n "${LOCKSTEP_LOG:-}" ]; then printf 'lockstep: %s\n' "$1" >&2; fi
  exit "${2:-1}"
}

skip() {
  log "SKIPPED $1"
  exit 0
}

if [ $# -gt 0 ]; then fail 'sync-cron.sh takes no arguments, see its first lines' 2; fi
if [ -z "${CRON_SECRET:-}" ]; then fail 'CRON_SECRET is not set' 2; fi
case $timeout in '' | 0* | *[!0-9]*) fail 'LOCKSTEP_TIMEOUT must be a number of seconds' 2 ;; esac
command -v curl >/dev/null 2>&1 || fail 'curl is not installed' 2

# One lock for each server and user, so that they do not hinder each other. It is not in /tmp, where another user could
# make a file or a link of that name first.
locks=${LOCKSTEP_LOCKS:-${XDG_STATE_HOME:-${HOME:-}/.local/state}/lockstep}
case $locks in /.local/*) fail 'HOME is not set; set LOCKSTEP_LOCKS to a folder of your own' 2 ;; esac
(umask 077 && mkdir -p "$locks") 2>/dev/null || fail "cannot make the folder $locks; set LOCKSTEP_LOCKS" 2
lock=$locks/cron-$(id -u)-$(printf '%s' "$url" | cksum | cut -d ' ' -f 1)

# The lock is a file that appears together with its content, `pid time` (by a hard link). It is stale when its
# process has ended, or when it is older than any run, because another process may have the number by then.
is_stale() {
  read -r pid since <"$1" 2>/dev/null || return 1
  if ! kill -0 "$pid" 2>/dev/null; then return 0; fi
  [ $(($(date +%s) - since)) -gt $((timeout + 60)) ]
}

take_pid_lock() {
  printf '%s %s\n' "$$" "$(date +%s)" >"$lock.$$" || fail "cannot write $lock.$$"
  trap 'rm -f "$lock.$$"' EXIT
  if ! ln "$lock.$$" "$lock.pid" 2>/dev/null; then
    # Of several that find it stale, one moves it away. A newer lock that was moved by mistake is put back.
    is_stale "$lock.pid" && mv "$lock.pid" "$lock.$$.old" 2>/dev/null || return 1
    if is_stale "$lock.$$.old"; then rm -f "$lock.$$.old"; else mv "$lock.$$.old" "$lock.pid"; fi
    ln "$lock.$$" "$lock.pid" 2>/dev/null || return 1
  fi
  trap 'rm -f "$lock.$$" "$lock.pid"' EXIT
}

trap 'exit 130' INT
trap 'exit 143' TERM HUP
if command -v flock >/dev/null 2>&1; then
  # The system frees the lock when the last process that holds it ends, curl included. (A redirection that
  # fails in `exec` ends the shell silently, so it is tried first.)
  (: >>"$lock") 2>/dev/null || fail "cannot write $lock"
  exec 9>>"$lock"
  flock -n 9 || skip 'the previous run is still going'
else
  take_pid_lock || skip 'the previous run is still going'
fi

# The secret goes through standard input, because arguments show in the process list.
answer=$(
  printf 'Authorization: Bearer %s\n' "$CRON_SECRET" |
    curl -q --silent --show-error --request POST --header @- --header 'Content-Length: 0' \
      --connect-timeout 10 --max-time "$timeout" --write-out '\n%{http_code}' "$url/api/cron/sync" 2>&1
) || fail "$url: $(printf '%s\n' "$answer" | sed -n '/^curl: /{p;q;}')"

status=$(printf '%s\n' "$answer" | sed -n '$p')
body=$(printf '%s\n' "$answer" | sed '$d' | tr '\n\r' '  ')

# Inside a JSON string every quote has a backslash before it, so that `"name":` is always a key.
text_of() {
  printf '%s\n' "$body" | sed -nE 's/.*"'"$1"'"[[:space:]]*:[[:space:]]*"(([^"\\]|\\.)*)".*/\1/p'
}
number_of() {
  printf '%s\n' "$body" | sed -nE 's/.*"'"$1"'"[[:space:]]*:[[:space:]]*([0-9]+).*/\1/p'
}

case $status in
  200) ;;
  401 | 403) fail "$url: HTTP $status, CRON_SECRET was refused" ;;
  *) fail "$url: HTTP $status $(text_of detail)" ;;
esac
case $body in
  *'"skipped":true'*) skip "$(text_of reason)" ;;
esac

outcome=$(text_of outcome)
line="run $(text_of id) $outcome"
for name in created updated deleted merged; do
  line="$line $name $(number_of $name)"
done
conflicts=$(number_of conflicts)
problems=$(number_of problems)
if [ "${conflicts:-0}" -gt 0 ]; then line="$line CONFLICTS $conflicts"; fi
if [ "${problems:-0}" -gt 0 ]; then line="$line PROBLEMS $problems"; fi

case $outcome in
  succeeded | conflicted) log "$line" ;;
  halted) fail "$line: $(text_of reason)" ;;
  failed) fail "$line: $(text_of message)" ;;
  *) fail "$url did not answer as Lockstep does" ;;
esac
