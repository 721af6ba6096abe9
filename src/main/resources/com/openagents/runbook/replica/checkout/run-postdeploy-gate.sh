#!/usr/bin/env bash
# Runs the migration Job and then the smoke Job in NAMESPACE, with IMAGE if it is set (contract 1.8).
set -euo pipefail
folder="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
kube() { kubectl -n "${NAMESPACE:-default}" "$@"; }

run_job() { # run_job NAME CONTAINER MANIFEST
  kube delete job "$1" --ignore-not-found
  kube apply -f "$folder/$3"
  if [[ -n "${IMAGE:-}" ]]; then
    kube set image "job/$1" "$2=$IMAGE"
  fi
  kube wait --for=condition=complete "job/$1" --timeout=600s
  kube logs "job/$1"
}

run_job runtime-migrate migrate migration-job.yaml
run_job runtime-smoke smoke smoke-job.yaml
