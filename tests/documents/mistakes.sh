#!/bin/sh
# The runner sees what is wrong with a page: each page here has one mistake, but for two; and so does that of the quick starts.
# usage: tests/documents/mistakes.sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/right" "$scratch/wrong"
die() {
	echo "documents: $*" >&2
	cat "$scratch/said" >&2
	exit 1
}
says() { grep -qF -- "$1" "$scratch/said" || die "the runner does not say: $1"; }
# wrong NAME SAYS: a page with what comes in, of which the runner says SAYS.
wrong() {
	cat >"$scratch/wrong/$1.md"
	echo "$1.md$2" >>"$scratch/expected"
}

printf '```sh\necho 12.81 T%s\necho more\n```\n```\n12.81 T%s\n…\n```\n```c\nif (BONUSPAY_OK)\n    abort();\n```\n' \
	LA8NgGpLRfFf2HjHXbeRm61beV1RwNavD CohE9zqMrHhoDT4FkX4iaZ6mv6NKzHnvz >"$scratch/right/output.md"
printf '```sh\nsleep 600 & sleeper=$!\n```\n```sh\nkill $sleeper\n```\n```sh slow: takes long\nfalse\n```\n```\nnothing\n```\n' \
	>"$scratch/right/session.md"
python3 -B "$here/run.py" "$scratch"/right/*.md >"$scratch/said" 2>&1 || die "right pages failed"
says '(slow: takes long)'
says '5 blocks of 2 pages did what they say; 2 were not run'

printf '```sh\nfalse\necho on\n```\n' | wrong command ':1: it failed'
printf '```sh\necho 12.81\n```\n```\n12.82\n```\n' | wrong output ':4: it shows'
printf '```\nnothing\n```\n' | wrong orphan ':1: it is the output of nothing'
printf '```fortran\nEND\n```\n' | wrong language ":1: there is no way to run 'fortran'"
printf '```php tests/php/callback.php\n<?php\n```\n' | wrong file ':1: it is not tests/php/callback.php'
printf '```sh no-run\nfalse\n```\n' | wrong reason ':1: ```sh no-run: a mark is'
printf '```sh never: why\nfalse\n```\n' | wrong mark ':1: ```sh never: why: a mark is'
printf '```sh\ntrue\n' | wrong end ':1: this block has no end'
printf '```c\nreturn bonuspay_version();\n```\n' | wrong program ':1: it failed'
printf 'Run `make nothing-of-this-name`.\n' | wrong target ':1: there is no `make nothing-of-this-name`'
printf 'See [there](nowhere.md).\n' | wrong link ':1: there is no nowhere.md'
printf '# Here\n\nSee [there](#there).\n' | wrong heading ':3: this page has no heading #there'
if python3 -B "$here/run.py" "$scratch"/wrong/*.md >"$scratch/said" 2>&1; then die "wrong pages passed"; fi
while read -r expected; do says "$expected"; done <"$scratch/expected"

# quickstart HEADING
quickstart() { python3 -B "$here/../fresh/quickstart.py" "$scratch/quick.md" "$1" sh -ec >"$scratch/said" 2>&1; }
printf '## Right\n```sh\necho Paid\n```\n```\nPaid\n```\n## Wrong\n```sh\nnothing-of-this-name\nsleep 600\n```\n```\nPaid\n```\n' >"$scratch/quick.md"
printf '## Not paid\n```sh\necho Not paid\n```\n```\nPaid\n```\n' >>"$scratch/quick.md"
quickstart Right || die "a right quick start failed"
if quickstart Wrong; then die "a wrong quick start passed"; fi
says 'nothing-of-this-name: not found'
if quickstart 'Not paid'; then die "a quick start that was not paid passed"; fi
says 'it shows'
echo "documents: each of $(wc -l <"$scratch/expected") mistakes was seen"
