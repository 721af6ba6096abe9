#!/usr/bin/env bash
# Runs the restart and reconnect drills of this working copy. OUTPUT_DIR and REPORT_FILE say where results go.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)"
exec "$root/bin/mix" runtime.chaos.drills
