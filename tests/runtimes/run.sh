#!/bin/sh
# Runs the programs of examples/ as they stand, against the library as `make install` lays it out.
# usage: tests/runtimes/run.sh [--at-hand] BUILD [RUNTIME...]
#
# BUILD holds libbonuspay.so and bonuspay-sandbox. With --at-hand, a runtime that this machine does not have is left out
# and named, and each takes a payment and refuses a forged one; without it, a missing runtime is an error, and each also
# meets a payment that expires and a BonusPay that cannot be reached. JNA_JAR names JNA where it is not Debian's.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
at_hand=
courses=paid,expired,forged,unreachable
if [ "$1" = --at-hand ]; then
	at_hand=1
	courses=paid,forged
	shift
fi
build=$(cd "$1" && pwd)
shift
[ $# -gt 0 ] || set -- c cpp rust php php-ffi python-ctypes python-cffi node go ruby perl lua java

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
mkdir "$work/keys"
make -s -C "$root" -f make/install.mk install-files BUILD="$build" PREFIX="$work/usr" DESTDIR= >/dev/null
export LD_LIBRARY_PATH="$work/usr/lib" BONUSPAY_FFI_H="$work/usr/include/bonuspay.ffi.h"
export GOCACHE="${GOCACHE:-$build/../runtimes/go}" GOFLAGS=-mod=mod
# Not exported: AWS-LC is built anew whenever it changes.
found_by="PKG_CONFIG_PATH=$work/usr/lib/pkgconfig"
jna=${JNA_JAR:-/usr/share/java/jna.jar}
# Debian's own, whose packages bring cffi, where another one is first in the path.
cffi_python=python3
python3 -c 'import cffi' 2>/dev/null || cffi_python=/usr/bin/python3

# What a runtime lacks, a line each.
lacks() {
	for program in $(
		case $1 in
			c) echo cc pkg-config ;;
			cpp) echo c++ pkg-config ;;
			rust) echo cargo ;;
			php | php-ffi) echo php ;;
			python-*) echo python3 ;;
			node) echo node npm ;;
			go) echo go cc pkg-config ;;
			lua) echo luajit ;;
			java) echo java javac ;;
			*) echo "$1" ;;
		esac
	); do
		command -v "$program" >/dev/null || echo "$program"
	done
	case $1 in
		php) [ -r "$root/php-ext/modules/bonuspay.so" ] || echo "php-ext/modules/bonuspay.so (make php-ext)" ;;
		php-ffi) php -m 2>/dev/null | grep -qx FFI || echo "PHP's FFI" ;;
		python-cffi) "$cffi_python" -c 'import cffi' 2>/dev/null || echo "Python's cffi" ;;
		node) [ -z "$at_hand" ] || [ -d "$root/examples/node/node_modules/koffi" ] || echo "koffi (npm ci in examples/node)" ;;
		ruby) ruby -rfiddle -e '' 2>/dev/null || echo "Ruby's fiddle" ;;
		perl) perl -MFFI::Platypus -e '' 2>/dev/null || echo "Perl's FFI::Platypus" ;;
		java) [ -r "$jna" ] || echo "JNA ($jna)" ;;
	esac
}

# shellcheck disable=SC2046  # flags
compile() {
	compiler=$1
	shift
	"$compiler" -O1 -Wall -Wextra -Wpedantic -Werror "$@" $(env "$found_by" pkg-config --cflags --libs bonuspay) -o "$work/program"
}

# Builds what is to be built, then has the program pay.
try() {
	cd "$root/examples"
	case $1 in
		c)
			compile cc -std=c99 -D_POSIX_C_SOURCE=200809L c/payment.c
			set -- "$work/program"
			;;
		cpp)
			compile c++ -std=c++17 cpp/payment.cpp
			set -- "$work/program"
			;;
		rust)
			(cd "$root" && cargo build --locked --quiet --example payment)
			set -- "${CARGO_TARGET_DIR:-$root/target}/debug/examples/payment"
			;;
		php) set -- php -n -d display_errors=stderr -d extension="$root/php-ext/modules/bonuspay.so" php/payment.php ;;
		php-ffi) set -- php -d display_errors=stderr php-ffi/payment.php ;;
		python-ctypes) set -- python3 -B python/payment_ctypes.py ;;
		python-cffi) set -- "$cffi_python" -B python/payment_cffi.py ;;
		node)
			[ -d node/node_modules/koffi ] || (cd node && npm ci --silent)
			set -- node node/payment.js
			;;
		go)
			(cd go && env "$found_by" go build -o "$work/program" .)
			set -- "$work/program"
			;;
		ruby) set -- ruby ruby/payment.rb ;;
		perl) set -- perl perl/payment.pl ;;
		lua) set -- luajit lua/payment.lua ;;
		java)
			javac -Xlint:all,-serial -Werror -d "$work/java" -cp "$jna" java/Payment.java
			set -- java -cp "$work/java:$jna" Payment
			;;
	esac
	python3 -B "$here/shopper.py" "$build/bonuspay-sandbox" "$work/keys" "$courses" "$@"
}

passed=
for runtime; do
	lacking=$(lacks "$runtime" | paste -sd, -)
	if [ -n "$lacking" ]; then
		[ -n "$at_hand" ] || { echo "runtimes: $runtime needs $lacking" >&2; exit 1; }
		echo "NOT TRIED: examples/ in $runtime, which needs $lacking (make test-runtimes)" >&2
		continue
	fi
	try "$runtime"
	passed="$passed $runtime"
done
echo "runtimes: a payment in each of:${passed:- none}"
