# `make install`: the library, its header and its pkg-config file, as `make` has built them: it builds nothing itself, since
# root often has no cargo. Works alone as `make -f make/install.mk install BUILD=target/release`.

BUILD ?= target/release
PREFIX ?= /usr/local
LIBDIR ?= $(PREFIX)/lib
INCLUDEDIR = $(PREFIX)/include
INSTALL ?= install

SONAME := libbonuspay.so.$(shell sed -n 's/^\#define BONUSPAY_ABI_VERSION //p' include/bonuspay.h)
install_version := $(shell sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml)
# What `rustc --print native-static-libs` says; tests/rust/c_programs/install.rs compares. Without its libgcc_s, which no program that is
# static altogether can have: compilers add it, or libgcc_eh in its place.
install_static := -lutil -lrt -lpthread -lm -ldl -lc

.PHONY: install install-files uninstall
INNER += install-files

# Programs find a new library once ldconfig has run, as root, and only in the folders that the loader searches.
ldconfig := PATH=$$PATH:/usr/sbin:/sbin; if [ -z '$(DESTDIR)' ] && [ "$$(id -u)" = 0 ]; then ldconfig; fi

install: install-files ## Installs the library that was built: PREFIX, LIBDIR, DESTDIR
	@$(ldconfig); [ -z '$(DESTDIR)' ] || { echo 'Run ldconfig as root once this is in its place.'; exit 0; }; \
	for found in $$(ldconfig -p 2>/dev/null | sed -n 's|^.*$(SONAME) .* => ||p'); do \
		[ "$$found" -ef '$(LIBDIR)/$(SONAME)' ] && exit 0; \
	done; \
	echo 'Programs do not find the library in $(LIBDIR) yet. Do one of these:'; \
	echo "- for all programs, as root: echo '$(LIBDIR)' > /etc/ld.so.conf.d/bonuspay.conf && ldconfig"; \
	echo "- for one program: link it with -Wl,-rpath,'$(LIBDIR)'"; \
	echo "- for one shell: export LD_LIBRARY_PATH='$(LIBDIR)'"; \
	echo "For pkg-config: export PKG_CONFIG_PATH='$(LIBDIR)/pkgconfig'"

# The files alone, for a folder that no loader is to search.
install-files:
	@test -f '$(BUILD)/libbonuspay.a' || { echo "There is no $(BUILD)/libbonuspay.a. Run make first." >&2; exit 1; }
	$(INSTALL) -d '$(DESTDIR)$(LIBDIR)/pkgconfig' '$(DESTDIR)$(INCLUDEDIR)'
	$(INSTALL) -m 755 '$(BUILD)/libbonuspay.so' '$(DESTDIR)$(LIBDIR)/$(SONAME)'
	ln -sf $(SONAME) '$(DESTDIR)$(LIBDIR)/libbonuspay.so'
	$(INSTALL) -m 644 '$(BUILD)/libbonuspay.a' '$(DESTDIR)$(LIBDIR)/libbonuspay.a'
	$(INSTALL) -m 644 include/bonuspay.h include/bonuspay.ffi.h '$(DESTDIR)$(INCLUDEDIR)'
	prefix=$$(realpath -m --relative-to='$(LIBDIR)/pkgconfig' '$(PREFIX)') && \
	sed -e "s|@prefix@|$$prefix|" -e 's|@version@|$(install_version)|' -e 's|@static@|$(install_static)|' \
		include/bonuspay.pc.in > '$(DESTDIR)$(LIBDIR)/pkgconfig/bonuspay.pc'
	chmod 644 '$(DESTDIR)$(LIBDIR)/pkgconfig/bonuspay.pc'

uninstall: ## Removes what install put down
	rm -f '$(DESTDIR)$(LIBDIR)/$(SONAME)' '$(DESTDIR)$(LIBDIR)/libbonuspay.so' \
		'$(DESTDIR)$(LIBDIR)/libbonuspay.a' '$(DESTDIR)$(INCLUDEDIR)/bonuspay.h' '$(DESTDIR)$(INCLUDEDIR)/bonuspay.ffi.h' \
		'$(DESTDIR)$(LIBDIR)/pkgconfig/bonuspay.pc'
	@$(ldconfig)
