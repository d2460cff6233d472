# The PHP extension, for the PHP that PHP_CONFIG names.

PHP_CONFIG ?= php-config
export PHP_CONFIG
PHP_EXT := $(CURDIR)/target/php-ext
# A folder for each PHP: its API number, with zts and debug where they apply.
php_api = $$(basename "$$($(PHP_CONFIG) --extension-dir)")

.PHONY: php-ext php-ext-static install-php-ext php-arginfo
INNER += setup-php php-prefix

setup-php:
	@.ci/setup php

# The library as `make install` would lay it out.
php-prefix: build
	@$(MAKE) -s -f make/install.mk install-files BUILD='$(BUILD)' PREFIX='$(PHP_EXT)/prefix' DESTDIR=

# php-ext/modules/bonuspay.so: finds the library of this working tree by itself.
php-ext: setup-php php-prefix ## The PHP extension, php-ext/modules/bonuspay.so
	@php-ext/build.sh "$(PHP_EXT)/$(php_api)" --with-bonuspay='$(PHP_EXT)/prefix'
	@mkdir -p php-ext/modules && cp "$(PHP_EXT)/$(php_api)/modules/bonuspay.so" php-ext/modules/.new && mv -f php-ext/modules/.new php-ext/modules/bonuspay.so

php-ext-static: setup-php php-prefix ## The PHP extension with the library in it, target/php-ext/static/bonuspay.so
	@php-ext/build.sh "$(PHP_EXT)/$(php_api)-static" --with-bonuspay-static='$(PHP_EXT)/prefix'
	@mkdir -p '$(PHP_EXT)/static'
	@strip --strip-unneeded -o '$(PHP_EXT)/static/.new' "$(PHP_EXT)/$(php_api)-static/modules/bonuspay.so"
	@mv -f '$(PHP_EXT)/static/.new' '$(PHP_EXT)/static/bonuspay.so'

# Needs the library installed: `make install install-php-ext`. No setup: root often has no cargo, and needs none here.
install-php-ext: ## Builds the extension with the installed library, and installs it
	@php-ext/build.sh "$(PHP_EXT)/$(php_api)-install" --with-bonuspay
	@$(MAKE) -s -C "$(PHP_EXT)/$(php_api)-install" install INSTALL_ROOT='$(DESTDIR)'
	@echo "Now put \"extension=bonuspay\" into a file in the folder that \"php --ini\" names."

# The tests compare.
php-arginfo: setup-php ## Writes each php-ext/NAME_arginfo.h from its stub
	@php-ext/arginfo php-ext/*.stub.php

test-php-fpm: setup-test php-ext sandbox ## The extension under a real PHP-FPM, with many workers
	@BONUSPAY_SANDBOX='$(BUILD)/bonuspay-sandbox' tests/php/fpm/run.sh php-ext/modules/bonuspay.so

.PHONY: test-php test-php-valgrind test-php-fpm
test-php: setup-test php-ext php-ext-static sandbox ## Every phpt, through both builds
	@BONUSPAY_SANDBOX='$(BUILD)/bonuspay-sandbox' tests/php/run.sh php-ext/modules/bonuspay.so
	@BONUSPAY_SANDBOX='$(BUILD)/bonuspay-sandbox' tests/php/run.sh '$(PHP_EXT)/static/bonuspay.so'

# No error and no definite loss. First a test that leaks, which it must find.
test-php-valgrind: php-ext sandbox ## Every phpt under valgrind
	@.ci/setup sanitizers
	@BONUSPAY_SANDBOX='$(BUILD)/bonuspay-sandbox' tests/php/valgrind.sh php-ext/modules/bonuspay.so

# The tests on PHPs that this machine does not have, got from Debian's mirror once: see the heads of the scripts.
.PHONY: test-php84 test-php85 test-php-zts

test-php84: setup-php php-prefix sandbox ## Every phpt on PHP 8.4, fetched once
	@tools/debian/php trixie 8.4 '$(PHP_EXT)/prefix'

# Debian has it in experimental only, as yet, where files come and go: no part of what must always pass.
test-php85: setup-php php-prefix sandbox ## Every phpt on PHP 8.5, fetched once
	@tools/debian/php 'sid experimental' 8.5 '$(PHP_EXT)/prefix'

test-php-zts: setup-php php-prefix sandbox ## Every phpt on a PHP with threads and debug checks, built once
	@tools/debian/php-zts '$(PHP_EXT)/prefix'
