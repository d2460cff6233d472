#!/bin/sh
# Makes FOLDER/apt.conf: with APT_CONFIG naming it, apt-get reads other Debian suites from the mirror that this system uses,
# into FOLDER, and neither the system's lists nor its packages change. Needs no root. APT_MIRROR names another mirror.
# usage: tests/php/apt.sh FOLDER 'SUITE...' deb|deb-src
set -eu
folder=$1 suites=$2 kind=$3

die() {
	echo "$0: $*" >&2
	exit 1
}

command -v apt-get >/dev/null || die "apt-get is needed: these tests take PHP from Debian's packages"
mirror=$("$(dirname "$0")/../../.ci/mirror" "${suites%% *}")

mkdir -p "$folder/lists/partial" "$folder/cache/archives/partial"
: >"$folder/status"
signed=/usr/share/keyrings/debian-archive-keyring.gpg
if [ -r "$signed" ]; then signed="[signed-by=$signed] "; else signed=; fi
for suite in $suites; do
	echo "$kind $signed$mirror $suite main"
done >"$folder/sources.list"
# The system's own settings stay out, but for the way to the mirror: proxies and the like. Signatures are checked; a
# mirror that stands still is no harm, as nothing of it is installed.
{
	apt-config dump --format '%F "%v";%n' | grep -E '^Acquire::(http|https)(::| )' || :
	cat <<-CONF
		Dir::Etc::parts "/dev/null";
		Dir::Etc::main "/dev/null";
		Dir::Etc::sourcelist "$folder/sources.list";
		Dir::Etc::sourceparts "/dev/null";
		Dir::Etc::preferences "/dev/null";
		Dir::Etc::preferencesparts "/dev/null";
		Dir::State "$folder";
		Dir::State::lists "$folder/lists";
		Dir::State::status "$folder/status";
		Dir::Cache "$folder/cache";
		Dir::Log "$folder";
		Acquire::Check-Valid-Until "false";
		Acquire::Languages "none";
		APT::Sandbox::User "";
		APT::Install-Recommends "0";
		APT::Update::Error-Mode "any";
		quiet "2";
	CONF
} >"$folder/apt.conf"
APT_CONFIG="$folder/apt.conf" apt-get update || die "no $suites of $mirror: see above"
