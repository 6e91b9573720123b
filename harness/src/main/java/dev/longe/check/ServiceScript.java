package dev.longe.check;

/** The program that starts services and then runs a command. It runs in the command's place. */
final class ServiceScript {
  /**
   * Arguments: a directory; {@code needed}, or {@code wanted} if the command runs also without the
   * services; for each service its name, its seconds, the number of words of its ready command,
   * these words, the number of words of its command, these words; {@code --} and the command.
   *
   * <p>It writes into the directory, N being the number of the service: the end of the output of
   * service N in {@code N.output.1} and {@code N.output.2}, that of its ready command in {@code
   * N.ready.1} and {@code N.ready.2}, the first service that is not ready in {@code not-ready}, and
   * those that ended before the command in {@code ended}. The directory {@code N} is the service's
   * own.
   */
  static final String TEXT =
      """
      set -u
      trap : TERM # the command gets the signal too, and decides when it ends
      directory=$1 which=$2
      shift 2

      keep() (
        ulimit -c 0
        ulimit -f 512 # KiB
        until cat > "$1.2"; do mv -f "$1.2" "$1.1" || break; done
        exec cat > /dev/null
      ) 2> /dev/null

      try() {
        LONGE_SERVICE_DIR=$own "${ready[@]}" < /dev/null >&9 2>&1 8>&- 9>&- &
        try=$!
      }

      started=() number=0
      while [ "$1" != -- ]; do
        number=$((number + 1)) name=$1 seconds=$2
        ready=("${@:4:$3}")
        shift $(($3 + 3))
        run=("${@:2:$1}")
        shift $(($1 + 1))
        own=$directory/$number
        rm -rf "$own" && mkdir "$own" || exit 1
        exec 8> >(keep "$own.output")
        keeper=$!
        exec 9> >(keep "$own.ready" 8>&-)
        LONGE_SERVICE_DIR=$own "${run[@]}" < /dev/null >&8 2>&1 8>&- 9>&- &
        service=$! state=waiting SECONDS=0
        started+=("$service")
        try
        while [ "$state" = waiting ]; do
          sleep 0.05
          if ! kill -0 "$service" 2> /dev/null; then
            wait "$service" 2> /dev/null
            state="ended $?"
          elif kill -0 "$try" 2> /dev/null; then
            [ $SECONDS -le "$seconds" ] || state=late
          elif wait "$try" 2> /dev/null; then
            state=ready
          elif [ $SECONDS -le "$seconds" ]; then
            try
          else
            state=late
          fi
        done
        exec 8>&- 9>&-
        if [ "$state" != ready ]; then
          for _ in 1 2 3 4 5; do # until its last output is kept
            kill -0 "$keeper" 2> /dev/null || break
            sleep 0.02
          done
          echo "$number $state" >> "$directory/not-ready"
          [ "$which" = wanted ] || exit 1
          echo "The service «$name» is not ready. Its output is in $own.output.2" >&2
        fi
      done
      shift
      "$@"
      status=$?
      for i in "${!started[@]}"; do
        kill -0 "${started[i]}" 2> /dev/null || echo $((i + 1)) >> "$directory/ended"
      done
      exit $status
      """;

  private ServiceScript() {}
}
