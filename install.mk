# `make install`: the library, its header and its pkg-config file. Included by the Makefile; works alone as
# `make -f install.mk install BUILD=target/release`.

BUILD ?= target/release
PREFIX ?= /usr/local
LIBDIR ?= $(PREFIX)/lib
INCLUDEDIR = $(PREFIX)/include
INSTALL ?= install

SONAME := libbonuspay.so.$(shell sed -n 's/^\#define BONUSPAY_ABI_VERSION //p' include/bonuspay.h)
install_version := $(shell sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml)
# What `rustc --print native-static-libs` says; tests/install.rs compares.
install_static := -lgcc_s -lutil -lrt -lpthread -lm -ldl -lc

.PHONY: install uninstall

install:
	$(INSTALL) -d '$(DESTDIR)$(LIBDIR)/pkgconfig' '$(DESTDIR)$(INCLUDEDIR)'
	$(INSTALL) -m 755 '$(BUILD)/libbonuspay.so' '$(DESTDIR)$(LIBDIR)/$(SONAME)'
	ln -sf $(SONAME) '$(DESTDIR)$(LIBDIR)/libbonuspay.so'
	$(INSTALL) -m 644 '$(BUILD)/libbonuspay.a' '$(DESTDIR)$(LIBDIR)/libbonuspay.a'
	$(INSTALL) -m 644 include/bonuspay.h '$(DESTDIR)$(INCLUDEDIR)/bonuspay.h'
	prefix=$$(realpath -m --relative-to='$(LIBDIR)/pkgconfig' '$(PREFIX)') && \
	sed -e "s|@prefix@|$$prefix|" -e 's|@version@|$(install_version)|' -e 's|@static@|$(install_static)|' \
		bonuspay.pc.in > '$(DESTDIR)$(LIBDIR)/pkgconfig/bonuspay.pc'
	chmod 644 '$(DESTDIR)$(LIBDIR)/pkgconfig/bonuspay.pc'

uninstall:
	rm -f '$(DESTDIR)$(LIBDIR)/$(SONAME)' '$(DESTDIR)$(LIBDIR)/libbonuspay.so' \
		'$(DESTDIR)$(LIBDIR)/libbonuspay.a' '$(DESTDIR)$(INCLUDEDIR)/bonuspay.h' \
		'$(DESTDIR)$(LIBDIR)/pkgconfig/bonuspay.pc'
