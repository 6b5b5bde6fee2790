# What the commands of this folder share. Sourced, never run: `source bin/steps.sh` from the repository's root.
# A step has a title and a time, and says little unless it fails.

python=.venv/bin/python
failed=()
not_run=()

# In a checkout we are a demonstration, unless a school's own secret key (or a choice) is given.
if [ -z "${PREAU_SECRET_KEY:-}" ]; then
  export PREAU_DEMO=${PREAU_DEMO:-1}
fi

seconds_since() { awk -v from="$1" -v to="${EPOCHREALTIME/,/.}" 'BEGIN { printf "%.1f", to - from }'; }

# attempt TITLE COMMAND … – run quietly; print the title, the time and the last line, and, when it ran tests, the slowest
# and what those of each app cost; everything when it fails.
attempt() {
  local title=$1 log status=0 started=${EPOCHREALTIME/,/.}
  shift
  log=$(mktemp)
  printf '▸ %s …\n' "$title"
  "$@" >"$log" 2>&1 || status=$?
  if [ $status -ne 0 ]; then
    cat "$log"
    printf '✗ %s: failed (status %s) after %s s\n' "$title" "$status" "$(seconds_since "$started")"
  else
    printf '✓ %s · %s s' "$title" "$(seconds_since "$started")"
    grep -v '^[[:space:]]*$' "$log" | tail -n 1 | cut -c1-100 | sed 's/^/ · /' || true
    [ -s "$log" ] || echo
    grep -E '^ *[0-9.]+s (setup|call|teardown|of a processor)' "$log" | sed 's/^/    /' || true
  fi
  rm -f "$log"
  return $status
}

# step TITLE COMMAND … – what follows needs this: stop here when it fails.
step() { attempt "$@" || exit 1; }

# check TITLE COMMAND … – go on when it fails, and remember.
check() { attempt "$@" || failed+=("$1"); }

# in_time COMMAND … – run it, and stop it when it takes longer than any of ours does on the slowest machine: a wait without
# end must fail and be read, not take the rest of the checks with it.
in_time() {
  command -v timeout >/dev/null || { "$@"; return; }
  local status=0
  timeout --kill-after=1m "${PREAU_LONGEST_STEP:-40m}" "$@" || status=$?
  [ $status -ne 124 ] || echo "Not ended within ${PREAU_LONGEST_STEP:-40m}, and stopped."
  return $status
}

# verdict – say in one line what became of all the checks.
verdict() {
  local sentence
  for sentence in "${not_run[@]}"; do echo "! Not run: $sentence"; done
  if [ ${#failed[@]} -gt 0 ]; then
    printf '✗ Failed after %s s:\n' "$SECONDS"
    printf '    %s\n' "${failed[@]}"
    return 1
  fi
  echo "✓ All is well, in $SECONDS s."
}

# on_debian COMMAND PACKAGE – have a program, from Debian's packages when it is missing; false where we may not.
on_debian() {
  command -v "$1" >/dev/null && return
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
  attempt "Installing $2 from Debian" install_from_debian "$2" && command -v "$1" >/dev/null
}

install_from_debian() {
  DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends "$@" ||
    { apt-get update --quiet && DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends "$@"; }
}
