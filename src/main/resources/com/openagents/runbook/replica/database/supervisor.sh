# Starts and stops one PostgreSQL server, and cleans up when its master is gone.
# Arguments: folder, yes|no (keep the folder), then the server command.
# Standard input is a pipe from the master. Lines: "start", "stop", "quit" (stop at once). Its end means that the
# master closed the replica or is no more, even by kill -9: then no server and, unless kept, no folder stays behind.
# Standard output: "exited STATUS" whenever the server has ended.
trap '' INT TERM HUP PIPE
folder=$1 keep=$2
shift 2

send() {
    [ -s "$folder/server.pid" ] && kill "-$1" "$(cat "$folder/server.pid")" 2>/dev/null
}

runner=
while read -r word; do
    case $word in
    start)
        (
            "$@" </dev/null >>"$folder/postgres.log" 2>&1 &
            echo $! >"$folder/server.pid"
            wait $!
            status=$?
            rm -f "$folder/server.pid"
            echo "exited $status"
        ) &
        runner=$!
        ;;
    stop) send INT ;;
    quit) send QUIT ;;
    esac
done

if [ -n "$runner" ]; then
    if [ "$keep" = yes ]; then send INT; else send QUIT; fi
    wait "$runner"
fi
if [ "$keep" = no ]; then
    rm -rf -- "$folder"
fi
