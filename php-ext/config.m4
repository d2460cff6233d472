dnl phpize && ./configure --with-bonuspay && make
dnl phpize && ./configure --with-bonuspay-static=DIR && make

PHP_ARG_WITH([bonuspay],
  [for BonusPay support],
  [AS_HELP_STRING([[--with-bonuspay[=DIR]]],
    [Take crypto payments through BonusPay. DIR is where libbonuspay is installed, if pkg-config does not know it])])

PHP_ARG_WITH([bonuspay-static],
  [whether to put libbonuspay into the extension itself],
  [AS_HELP_STRING([[--with-bonuspay-static=DIR]],
    [One self-contained file: DIR is where libbonuspay is installed (DIR/include/bonuspay.h, DIR/lib/libbonuspay.a)])],
  [no],
  [no])

if test "$PHP_BONUSPAY_STATIC" != "no" && test "$PHP_BONUSPAY" = "no"; then
  PHP_BONUSPAY=yes
fi

if test "$PHP_BONUSPAY" != "no"; then
  AC_PATH_PROG([PKG_CONFIG], [pkg-config], [no])

  if test "$PHP_BONUSPAY_STATIC" != "no"; then
    dnl From DIR alone, so that no other copy of the library slips in.
    if test ! -r "$PHP_BONUSPAY_STATIC/lib/libbonuspay.a" || test ! -r "$PHP_BONUSPAY_STATIC/include/bonuspay.h"; then
      AC_MSG_ERROR([no lib/libbonuspay.a and include/bonuspay.h under "$PHP_BONUSPAY_STATIC": give the PREFIX of "make install" of the library])
    fi
    PHP_ADD_INCLUDE([$PHP_BONUSPAY_STATIC/include])
    BONUSPAY_SHARED_LIBADD="$PHP_BONUSPAY_STATIC/lib/libbonuspay.a -lgcc_s -lutil -lrt -lpthread -lm -ldl -lc"
  else
    if test "$PHP_BONUSPAY" != "yes"; then
      PKG_CONFIG_PATH="$PHP_BONUSPAY/lib/pkgconfig:$PKG_CONFIG_PATH"
      export PKG_CONFIG_PATH
    fi
    if test "$PKG_CONFIG" = "no" || ! $PKG_CONFIG --exists bonuspay; then
      AC_MSG_ERROR([pkg-config does not find libbonuspay: install the library first ("make install"), or give its place as --with-bonuspay=DIR])
    fi
    AC_MSG_CHECKING([for libbonuspay])
    BONUSPAY_VERSION=`$PKG_CONFIG --modversion bonuspay`
    AC_MSG_RESULT([$BONUSPAY_VERSION])
    BONUSPAY_CFLAGS=`$PKG_CONFIG --cflags bonuspay`
    BONUSPAY_LIBS=`$PKG_CONFIG --libs bonuspay`
    PHP_EVAL_INCLINE([$BONUSPAY_CFLAGS])
    PHP_EVAL_LIBLINE([$BONUSPAY_LIBS], [BONUSPAY_SHARED_LIBADD])
  fi

  dnl Nothing but get_module is seen from outside; and once loaded it stays, for its threads' sake.
  BONUSPAY_SHARED_LIBADD="$BONUSPAY_SHARED_LIBADD -Wl,--exclude-libs,ALL -Wl,--gc-sections -Wl,-z,nodelete"
  PHP_SUBST([BONUSPAY_SHARED_LIBADD])

  PHP_NEW_EXTENSION([bonuspay],
    [bonuspay.c bonuspay_client.c bonuspay_response.c bonuspay_notification.c bonuspay_keypair.c bonuspay_enum.c bonuspay_exception.c bonuspay_options.c bonuspay_json.c bonuspay_questions.c],
    [$ext_shared],,
    [-std=gnu11 -Wall -Wextra -Wno-unused-parameter -fvisibility=hidden -DZEND_ENABLE_STATIC_TSRMLS_CACHE=1])
  PHP_ADD_EXTENSION_DEP([bonuspay], [hash])
  PHP_ADD_EXTENSION_DEP([bonuspay], [json])
  PHP_ADD_EXTENSION_DEP([bonuspay], [spl])
fi
