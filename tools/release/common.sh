# Sourced by the scripts beside it: $root, $version, and the one time that every packed file gets.
# shellcheck shell=sh disable=SC2034  # for the scripts that source it
root=$(cd "$(dirname "$0")/../.." && pwd)
version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$root/Cargo.toml" | head -n 1)
umask 022
LC_ALL=C
export LC_ALL

die() {
	echo "$(basename "$0"): $*" >&2
	exit 1
}

# Whether git knows this tree itself, and not some folder around it.
in_git() { git -C "$root" ls-files --error-unmatch Cargo.toml >/dev/null 2>&1; }

# The last commit's time: that of every file, too, in what `git archive` makes.
if [ -z "${SOURCE_DATE_EPOCH:-}" ]; then
	if in_git; then
		SOURCE_DATE_EPOCH=$(git -C "$root" log -1 --format=%ct)
	else
		SOURCE_DATE_EPOCH=$(stat -c %Y "$root/Cargo.toml")
	fi
fi
export SOURCE_DATE_EPOCH

# Files of FOLDER, from inside it. What git does not know is named, for it may be a new file or somebody's key.
files_of() {
	if in_git; then
		git -C "$root/$1" ls-files --others --exclude-standard | sed "s|.*|not packed, as git does not know it: $1/&|" >&2
		git -C "$root/$1" ls-files | while read -r file; do [ ! -f "$root/$1/$file" ] || echo "$file"; done
	else
		# Without what `make php-ext` has left there.
		(cd "$root/$1" && find . -path ./modules -prune -o -type f -print | sed 's|^\./||')
	fi | sort
}
